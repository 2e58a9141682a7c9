"""What must be said below figures for them to be quoted: their universe, their source."""

from collections.abc import Iterator

from maillage.observatory.citation import SourceCited, UniverseCited


def universe_notes(universe: UniverseCited) -> Iterator[str]:
    """What the figures cover, and that they are partial where they are."""
    yield f"Champ : {universe.label}."
    if universe.partial:
        yield "Chiffres partiels : les échanges au-delà du champ ne sont pas dans le fichier."


def source_notes(source: SourceCited) -> Iterator[str]:
    """Files to quote, fiction and estimates said."""
    for file in source.files:
        producer = f" ({file.producer})" if file.producer else ""
        yield f"Source : {file.title}{producer}, {file.file}."
    if source.estimated:
        yield "Estimation : cette famille n’est pas mesurée, elle est déduite d’autres sources."
    if source.fictional:
        yield "Données fictives : ce territoire n’existe pas."
