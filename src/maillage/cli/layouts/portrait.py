"""« portrait » as a table: a line a family of flows."""

from collections.abc import Iterator

from maillage.cli.layouts.citation import amount
from maillage.cli.tables import Cell, Sheet
from maillage.common.french import number
from maillage.engine.edition import Edition
from maillage.observatory.answers.portrait import Family, Portrait


def portrait_sheet(answer: Portrait, edition: Edition) -> Sheet:
    """Families in catalogue order; why one is missing stands below, with the key stocks."""
    return Sheet(
        title=f"{answer.territory.name} : portrait, géographie {answer.cog}",
        headings=("Flux", "Année", "Reste", "Sorties", "Entrées", "Solde", "Unité"),
        rows=[_row(family) for family in answer.families],
        notes=tuple(_notes(answer)),
    )


def _row(family: Family) -> tuple[Cell, ...]:
    found = family.balance
    if found is None:
        return (family.title, "", None, None, None, None, "")
    figures = (found.internal, found.outgoing, found.incoming, found.net)
    amounts = (amount(figure, found.unit) for figure in figures)
    return (family.title, str(found.year), *amounts, found.unit.label)


def _notes(answer: Portrait) -> Iterator[str]:
    yield from (family.missing for family in answer.families if family.missing)
    for family in answer.families:
        if family.balance is not None and family.balance.universe.partial:
            yield f"{family.title} : chiffres partiels, champ {family.balance.universe.label}."
    for stock in answer.stocks:
        least = "au moins " if stock.partial else ""
        yield (
            f"{stock.title}, {stock.year} : {least}{number(stock.value)} {stock.unit.label} "
            f"({stock.source.producer})."
        )
    if answer.fictional:
        yield "Données fictives : ce territoire n’existe pas."
