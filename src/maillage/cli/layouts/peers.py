"""« peers » as a table: a line a territory alike, and what tells it apart most."""

from maillage.cli.tables import Measure, Sheet
from maillage.common.french import listing, number
from maillage.engine.edition import Edition
from maillage.observatory.answers.peers import Peer, Peers


def peers_sheet(answer: Peers, edition: Edition) -> Sheet:
    """Nearest first; the variables they were found by stand below."""
    titles = [variable.title for variable in answer.variables]
    notes = [f"Variables : {listing(titles)}."]
    if answer.left_out:
        notes.append(f"Sans données dans cette édition : {listing(answer.left_out)}.")
    return Sheet(
        title=f"{answer.territory.name} : territoires semblables, parmi {answer.candidates}",
        headings=("Code", "Nom", "Population", "Écart (0 à 1)", "Ce qui les sépare le plus"),
        rows=[
            (
                peer.id,
                peer.name,
                peer.population,
                Measure(peer.distance, number(peer.distance, 3)),
                _widest(peer, titles),
            )
            for peer in answer.peers
        ],
        notes=tuple(notes),
    )


def _widest(peer: Peer, titles: list[str]) -> str:
    known = [(share, title) for share, title in zip(peer.drivers, titles, strict=True) if share]
    return max(known)[1] if known else ""
