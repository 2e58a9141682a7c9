"""The account of a build as a table: a line a file that was read."""

from collections.abc import Iterator
from decimal import Decimal

from maillage.cli.tables import Cell, Measure, Sheet
from maillage.common.french import counted, number
from maillage.sources.account import ZERO
from maillage.sources.build import BuildResult
from maillage.sources.report import FileReport


def account_sheet(result: BuildResult) -> Sheet:
    """Files read, with what became of their rows; refusals stand below with their reasons."""
    return Sheet(
        title=f"Édition {result.edition_id[:12]} : compte rendu",
        headings=("Fichier", "Année", "Lignes", "Total", "Placé", "Non placé", "Estimé"),
        rows=[_row(file) for file in result.report.files],
        notes=tuple(_notes(result)),
    )


def account_record(result: BuildResult) -> dict[str, object]:
    """The same for programs; amounts are exact decimals, as text."""
    return {
        "edition": result.edition_id,
        "path": str(result.path),
        "report": result.report.to_json(),
    }


def _row(file: FileReport) -> tuple[Cell, ...]:
    account = file.account
    years = {year for _, year, _ in file.gave} or {file.year}
    lost = sum(account.unplaced.values(), ZERO)
    amounts = (account.total, account.placed, lost, account.estimated)
    told = (Measure(float(amount), _amount(amount)) for amount in amounts)
    return (file.file, " ".join(map(str, sorted(years))), account.rows, *told)


def _notes(result: BuildResult) -> Iterator[str]:
    report = result.report
    for file in report.files:
        yield from (f"{file.file} : {told}" for told in _told(file))
    if report.unmatched:
        ignored = counted(len(report.unmatched), "fichier ignoré", "fichiers ignorés")
        yield f"{ignored}, faute de fiche : {', '.join(report.unmatched)}."
    reasons = (*report.references.refused, *(refusal.reason for refusal in report.refused))
    yield from (f"Refusé : {reason}" for reason in reasons)
    read = counted(len(report.files), "fichier de données", "fichiers de données")
    known = counted(len(report.references.files), "référentiel")
    yield f"L’édition {result.edition_id} est dans {result.path} : {read}, {known}."


def _told(file: FileReport) -> Iterator[str]:
    account = file.account
    for reason, lost in account.unplaced.items():
        yield f"{_amount(lost)} non placés, {reason}."
    if account.vanished:
        communes = counted(account.vanished, "commune disparue", "communes disparues")
        yield f"{communes} depuis, {_amount(account.moved)} passés à l’intérieur d’une commune."
    if account.suppressed:
        yield f"{counted(account.suppressed, 'case couverte', 'cases couvertes')} par le secret."
    yield from account.notes


def _amount(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return number(float(amount), 0 if whole else 1)
