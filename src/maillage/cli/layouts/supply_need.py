"""« supply_need » as a table: a line a theme and group."""

from collections.abc import Iterator

from maillage.cli.tables import Cell, Measure, Sheet
from maillage.common.french import percent
from maillage.engine.edition import Edition
from maillage.observatory.answers.supply_need import SupplyNeed, ThemeBalance


def supply_need_sheet(answer: SupplyNeed, edition: Edition) -> Sheet:
    """Groups under their theme; the partners that would add most stand below."""
    return Sheet(
        title=f"{answer.territory.name} : offre et besoin",
        headings=("Thème", "Groupe", "Année", "Offre", "Besoin", "Couverture", "Unité"),
        rows=[row for theme in answer.themes for row in _rows(theme)],
        notes=tuple(_notes(answer)),
    )


def _rows(theme: ThemeBalance) -> Iterator[tuple[Cell, ...]]:
    for group in theme.groups:
        year = str(group.year) if group.year else ""
        covered = Measure(group.coverage, percent(group.coverage))
        unit = theme.unit.label
        yield (theme.title, group.label, year, group.supply, group.need, covered, unit)


def _notes(answer: SupplyNeed) -> Iterator[str]:
    for theme in answer.themes:
        if theme.missing:
            yield f"{theme.title} : {theme.missing}"
        else:
            yield f"{theme.title} : besoins couverts à {percent(theme.coverage)}."
        for partner in theme.partners[:1]:
            yield (
                f"{theme.title} : c’est avec {partner.name} que la couverture gagnerait le plus, "
                f"{percent(partner.gain)} des besoins communs."
            )
    yield "Une couverture est théorique : elle compare deux quantités et n’observe aucun échange."
    if answer.fictional:
        yield "Données fictives : ce territoire n’existe pas."
