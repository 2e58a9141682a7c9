"""« balance » as a table: a line a partner."""

from collections.abc import Iterator

from maillage.cli.layouts.citation import amount, is_outside, source_notes, universe_notes
from maillage.cli.tables import Sheet
from maillage.common.french import euros, number
from maillage.engine.edition import Edition
from maillage.engine.secrecy import SecrecyStatus
from maillage.observatory.answers.balance import Balance

SECRECY = {
    SecrecyStatus.PUBLIC: "",
    SecrecyStatus.RELEASED: "Secret statistique : aucune case n’est couverte ici.",
    SecrecyStatus.INCOMPLETE: "Secret statistique : des cases manquent, un total est un minimum.",
    SecrecyStatus.HIDDEN: "Secret statistique : toutes les cases sont couvertes.",
}


def balance_sheet(answer: Balance, edition: Edition) -> Sheet:
    """A line a partner, then the total; the territory's own figures stand below.

    No line at all for a territory that the files do not cover.
    """
    card = edition.catalog.flows[answer.flow]
    exchanges = [(p.code, p.name, p.outgoing, p.incoming, p.net) for p in answer.partners]
    total = ("", "Total", answer.outgoing, answer.incoming, answer.net)
    return Sheet(
        title=f"{answer.territory_name} : {card.title.lower()}, {answer.year}",
        headings=("Partenaire", "Nom", "Sorties", "Entrées", "Solde"),
        rows=[
            (code, name, *(amount(figure, answer.unit) for figure in figures))
            for code, name, *figures in (() if is_outside(answer.universe) else (*exchanges, total))
        ],
        notes=tuple(line for line in _balance_notes(answer) if line),
    )


def _balance_notes(answer: Balance) -> Iterator[str]:
    if is_outside(answer.universe):
        yield from universe_notes(answer.universe)
        yield from source_notes(answer.source)
        return
    written = euros if answer.unit.id == "eur" else number
    yield (
        f"Reste : {written(answer.internal)}, dont {written(answer.internal_same)} dans la même "
        f"commune et {written(answer.internal_moved)} d’une commune à l’autre."
    )
    if answer.net is None and answer.net_in_universe is not None:
        yield f"Solde à l’intérieur du champ : {written(answer.net_in_universe)}."
    grade = answer.precision.outgoing.grade, answer.precision.incoming.grade
    if all(grade):
        yield f"Précision : sorties {grade[0]}, entrées {grade[1]} (A la meilleure, D la moindre)."
    yield f"Unité : {answer.unit.label}."
    yield from universe_notes(answer.universe)
    yield SECRECY[answer.secrecy.status]
    yield from source_notes(answer.source)
