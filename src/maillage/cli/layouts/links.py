"""« links » as a table: a line a partner and indicator of the tie."""

from maillage.cli.layouts.citation import source_notes, universe_notes
from maillage.cli.tables import Measure, Sheet
from maillage.common.french import measure
from maillage.engine.edition import Edition
from maillage.observatory.answers.links import Links


def links_sheet(answer: Links, edition: Edition) -> Sheet:
    """Partners most linked first; how to read each indicator is on its page."""
    card = edition.catalog.flows[answer.flow]
    notes = [note for note in (answer.refusal, answer.note) if note]
    return Sheet(
        title=f"{answer.territory.name} : liens, {card.title.lower()}, {answer.year}",
        headings=("Code", "Partenaire", "Indicateur", "Valeur", "Unité"),
        rows=[
            (
                link.code,
                link.name,
                told.title,
                Measure(value, measure(value, told.unit, told.decimals)),
                told.unit_label,
            )
            for link in answer.links
            for told, value in zip(answer.indicators, link.values, strict=True)
        ],
        notes=(*notes, *universe_notes(answer.universe), *source_notes(answer.source)),
    )
