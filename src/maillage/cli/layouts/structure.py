"""« structure » as a table: a line a link, then the place it makes and the poles inside."""

from collections.abc import Iterator

from maillage.cli.layouts.citation import amount, source_notes, universe_notes
from maillage.cli.tables import Measure, Sheet
from maillage.common.french import listing, number
from maillage.engine.edition import Edition
from maillage.observatory.answers.structure import Inside, Place, Structure


def structure_sheet(answer: Structure, edition: Edition) -> Sheet:
    """Links as the answer orders them; « oui » where one stands out of chance."""
    card = edition.catalog.flows[answer.flow]
    return Sheet(
        title=f"{answer.territory.name} : structure, {card.title.lower()}, {answer.year}",
        headings=(
            "Code",
            "Partenaire",
            "Sens",
            "Flux",
            "Attendu",
            "Observé / attendu",
            "Hors du hasard",
        ),
        rows=[
            (
                link.partner.id,
                link.partner.name,
                "sortie" if link.outgoing else "entrée",
                amount(link.weight, answer.unit),
                amount(link.expected, answer.unit),
                Measure(link.residual, number(link.residual, 2)),
                "oui" if link.beyond_chance else "",
            )
            for link in (answer.place.links if answer.place else ())
        ],
        notes=tuple(note for note in _notes(answer) if note),
    )


def _notes(answer: Structure) -> Iterator[str]:
    yield from _place(answer.place) if answer.place else [answer.no_place]
    yield from _inside(answer.inside) if answer.inside else [answer.no_inside]
    yield f"Unité : {answer.unit.label}."
    yield from universe_notes(answer.universe)
    yield from source_notes(answer.source)


def _place(place: Place) -> Iterator[str]:
    yield f"Place parmi les territoires de même niveau : {place.role}."
    if place.dominant:
        yield f"Dominé par : {place.dominant.name}."
    if place.dominated:
        yield f"Domine : {listing([found.name for found in place.dominated])}."


def _inside(inside: Inside) -> Iterator[str]:
    poles = [f"{pole.commune.name} ({number(pole.received)})" for pole in inside.poles[:5]]
    if poles:
        yield f"Pôles à l’intérieur, et ce qu’ils reçoivent : {listing(poles)}."
