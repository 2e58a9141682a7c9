"""What the figures of a file need to be quoted: perimeter, vintage, universe, sources, method."""

from collections.abc import Iterator

from maillage.common.french import listing
from maillage.documents.tables.values import Cell, Fact, Measure
from maillage.engine.dataset import Coverage
from maillage.engine.precision import PrecisionMethod
from maillage.engine.secrecy import SecrecyStatus
from maillage.observatory.citation import FileCited, SourceCited, UnitCited, UniverseCited

PRECISION = {
    PrecisionMethod.EXACT: "Calculée sur les poids individuels. De A, la meilleure, à D.",
    PrecisionMethod.APPROXIMATE: "Approchée, d’après un poids moyen. De A, la meilleure, à D.",
    PrecisionMethod.COMPLETE: "Comptage exhaustif : rien n’est échantillonné.",
    PrecisionMethod.UNKNOWN: "Inconnue.",
}
SECRECY = {
    SecrecyStatus.PUBLIC: "",
    SecrecyStatus.RELEASED: "Secret statistique : aucune case n’est couverte ici.",
    SecrecyStatus.INCOMPLETE: "Secret statistique : des cases manquent, un total est un minimum.",
    SecrecyStatus.HIDDEN: "Secret statistique : toutes les cases sont couvertes.",
}
FICTIONAL = "Données fictives : ce territoire n’existe pas."
ESTIMATED = "Estimation : cette famille n’est pas mesurée, elle est déduite d’autres sources."


def amount(value: float | None, unit: UnitCited) -> Cell:
    """Euros by millions for eyes, in full for a spreadsheet; anything else as it is."""
    return Measure(value, unit.id) if unit.id == "eur" else value


def answer_facts(
    perimeter: str, id: str, cog: int, universe: UniverseCited | None, source: SourceCited
) -> tuple[Fact, ...]:
    """The facts of an answer on one territory and one file."""
    return (
        *territory_facts(perimeter, id, cog),
        *(() if universe is None else universe_facts(universe)),
        *source_facts(source),
    )


def territory_facts(name: str, id: str, cog: int) -> tuple[Fact, ...]:
    return (
        Fact("territory", "Territoire", name, repeated=True),
        Fact("territory_id", "Identifiant du territoire", id, repeated=True),
        Fact("geography", "Géographie", f"communes au 1er janvier {cog}", repeated=True),
    )


def universe_facts(universe: UniverseCited) -> tuple[Fact, ...]:
    told = " ".join(universe_notes(universe))
    excluded = listing(universe.excludes)
    found = (
        Fact("universe", "Champ", universe.label, repeated=True),
        Fact("universe_note", "Ce que le champ laisse de côté", told),
        Fact("universe_excludes", "Hors du champ", excluded),
    )
    return tuple(fact for fact in found if fact.value)


def source_facts(source: SourceCited) -> tuple[Fact, ...]:
    """Files, licences, caveats, estimate and fiction said, edition."""
    licences = sorted({file.licence for file in source.files if file.licence})
    found = (
        Fact("source", "Source", " ; ".join(map(file_text, source.files)), repeated=True),
        Fact("licence", "Licence", " ; ".join(licences), repeated=True),
        Fact("status", "Statut", " ".join(_warnings(source)), repeated=True),
        *(Fact("caveat", "Précaution", caveat) for caveat in source.caveats),
        *(Fact("checksum", "Empreinte SHA-256", f"{f.file} : {f.sha256}") for f in source.files),
        Fact("edition", "Millésime de Maillage", source.edition, repeated=True),
    )
    return tuple(fact for fact in found if fact.value)


def file_text(file: FileCited) -> str:
    """A file as a bibliography names it."""
    producer = f"{file.producer}, " if file.producer else ""
    return f"{producer}{file.title} ({file.file})"


def _warnings(source: SourceCited) -> list[str]:
    return [ESTIMATED] * source.estimated + [FICTIONAL] * source.fictional


def universe_notes(universe: UniverseCited) -> Iterator[str]:
    """What of the territory or of its exchanges the files leave out."""
    coverage = universe.coverage
    crossing = {coverage.outgoing, coverage.incoming}
    if is_outside(universe):
        yield "Ce territoire n’en fait pas partie : le fichier n’en dit rien."
        return
    if coverage.internal is Coverage.PARTIAL:
        yield "Une partie du territoire est hors du champ : ce qui y reste est un minimum."
    if crossing == {Coverage.ABSENT}:
        yield "Le fichier s’arrête aux limites du champ : entrées et sorties n’y sont pas."
    elif universe.partial:
        yield "Chiffres partiels : les échanges au-delà du champ ne sont pas dans le fichier."


def is_outside(universe: UniverseCited) -> bool:
    """Whether the files tell nothing at all of the territory."""
    told = universe.coverage
    return {told.internal, told.outgoing, told.incoming} == {Coverage.ABSENT}


def cited_notes(universe: UniverseCited | None, source: SourceCited) -> Iterator[str]:
    """The same in a few sentences, for whoever reads them under a table."""
    if universe is not None:
        yield f"Champ : {universe.label}."
        yield from universe_notes(universe)
    for file in source.files:
        producer = f" ({file.producer})" if file.producer else ""
        yield f"Source : {file.title}{producer}, {file.file}."
    yield from _warnings(source)
