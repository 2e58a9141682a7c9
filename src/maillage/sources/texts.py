"""Tables scanned as texts, whatever their format, and what to say when an engine gives up."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.sources.batch import Batch, ScanError, identifier
from maillage.sources.matching import columns_of
from maillage.sources.mirror import MatchedFile
from maillage.sources.opening import Format, PlainTable, rows_of
from maillage.sources.spreadsheet import sheet_table

_YEARS = (1800, 2200)


@dataclass(frozen=True)
class TextTable:
    """A table scanned as a view, every column a text; ``columns`` are those of the card's roles."""

    table: PlainTable
    columns: Mapping[str, str]

    def sql(self, role: str) -> str:
        """The column of a role, quoted; an empty text where the file has none."""
        return identifier(self.columns[role]) if role in self.columns else "''"

    def line_of(self, column: str, value: str, *, nth: int = 1) -> int | None:
        """The nth line whose column holds this text, whatever its case; None in Parquet."""
        if self.table.parquet:
            return None
        at, text = self.table.header.columns.index(column), value.strip().lower()
        rows = rows_of(self.table)
        lines = (line for line, row in rows if len(row) > at and row[at].strip().lower() == text)
        return next(islice(lines, nth - 1, None), None)

    def fault(
        self, column: str, value: str, problem: str, remedy: str, *, nth: int = 1
    ) -> InputError:
        """The error to raise on a text that cannot be used, with its line."""
        return InputError(
            problem=problem,
            remedy=remedy,
            file=self.table.name,
            line=self.line_of(column, value, nth=nth),
            column=column,
            value=value,
        )


def scan_texts(
    view: str, file: MatchedFile, batch: Batch, workdir: Path, columns: Iterable[str] = ()
) -> TextTable:
    """Scans the columns of the card's roles, and those named besides; of a workbook, its sheet.

    Constants of the card: ``sheet`` and ``header_line``. InputError when the file is unreadable.
    """
    if file.format is Format.XLSX:
        line = int(file.card.constants.get("header_line", "1"))
        sheet = file.card.constants.get("sheet", "")
        table = sheet_table(file.entry, workdir, sheet=sheet, header_line=line)
        roles: Mapping[str, str] = columns_of(file.card, table.header.columns)
    else:
        table, roles = file.table(workdir), file.columns
    named = dict.fromkeys((*roles.values(), *columns))
    batch.scan(view, table, dict.fromkeys(named or table.header.columns, "VARCHAR"))
    return TextTable(table, roles)


def sql_year(text: str) -> str:
    """The year a text starts with (2021, 2021-01-01…), NULL when it starts with none."""
    return f"TRY_CAST(SUBSTR(TRIM({text}), 1, 4) AS INTEGER)"


def refuse_other_years(table: TextTable, view: str, batch: Batch) -> None:
    """InputError on the first cell of the year's column that starts with no year."""
    text, (first, last) = table.sql("year"), _YEARS
    found = batch.fetch(
        f"SELECT {text} AS text FROM {view} WHERE COALESCE({sql_year(text)}, 0) "
        f"NOT BETWEEN {first} AND {last} ORDER BY text LIMIT 1"
    ).to_pydict()["text"]
    if found:
        column = table.columns["year"]
        raise table.fault(column, found[0], "ce n’est pas une année.", "corrigez cette case.")


@contextmanager
def explained(table: TextTable, *digits: str) -> Iterator[None]:
    """Turns an engine's refusal into the line at fault.

    A line with a cell missing or too many, or one where a role of ``digits`` holds other signs.
    """
    try:
        yield
    except ScanError as error:
        if fault := _uneven_line(table.table) or _other_sign(table, digits):
            raise fault from error
        raise InputError(
            problem=f"ce fichier ne se lit pas ({str(error).splitlines()[0][:200]}).",
            remedy="reprenez le fichier d’origine, sans l’enregistrer depuis un tableur.",
            file=table.table.name,
        ) from error


def _other_sign(table: TextTable, roles: Iterable[str]) -> InputError | None:
    if table.table.parquet:
        return None
    names = [table.columns[role] for role in roles]
    at = {name: table.table.header.columns.index(name) for name in names}
    for line, row in rows_of(table.table):
        for name, column in at.items():
            if not row[column].strip().isdecimal():
                return InputError(
                    problem="ce n’est pas un numéro.",
                    remedy="reprenez le fichier d’origine, sans l’enregistrer depuis un tableur.",
                    file=table.table.name,
                    line=line,
                    column=name,
                    value=row[column],
                )
    return None


def _uneven_line(table: PlainTable) -> InputError | None:
    if table.parquet:
        return None
    expected = len(table.header.columns)
    for line, row in rows_of(table):
        if len(row) != expected:
            return InputError(
                problem=f"cette ligne a {counted(len(row), 'cellule')} au lieu de {expected} : "
                "le fichier est coupé ou mal séparé.",
                remedy="téléchargez-le de nouveau, ou corrigez cette ligne.",
                file=table.name,
                line=line,
                value=table.header.delimiter.join(row),
            )
    return None
