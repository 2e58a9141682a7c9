"""« cooperation » as a table: a line a neighbour, and the quadrant it falls in."""

from maillage.cli.layouts.citation import source_notes, universe_notes
from maillage.cli.tables import Cell, Measure, Sheet
from maillage.common.french import listing, number, percent
from maillage.engine.edition import Edition
from maillage.observatory.answers.cooperation import Cooperation, CooperationPartner


def cooperation_sheet(answer: Cooperation, edition: Edition) -> Sheet:
    """Partners by quadrant then by link, as the answer orders them."""
    card = edition.catalog.flows[answer.flow]
    notes = [answer.reading, f"Rayon : {number(answer.radius_km)} km."]
    notes += [text for text in (answer.no_link, answer.note, answer.missing) if text]
    notes += [f"Thèmes : {listing([theme.title for theme in answer.themes])}."] * bool(
        answer.themes
    )
    return Sheet(
        title=f"{answer.territory.name} : avec qui coopérer, {card.title.lower()}, {answer.year}",
        headings=("Code", "Nom", "Distance (km)", "Lien", "Complémentarité", "Lecture"),
        rows=[_row(partner) for partner in answer.partners],
        notes=(*notes, *universe_notes(answer.universe), *source_notes(answer.source)),
    )


def _row(partner: CooperationPartner) -> tuple[Cell, ...]:
    return (
        partner.id,
        partner.name,
        partner.distance_km,
        Measure(partner.link, number(partner.link, 3)),
        Measure(partner.complementarity, percent(partner.complementarity)),
        partner.quadrant_label,
    )
