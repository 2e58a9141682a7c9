"""What a figure must carry to be quoted: unit, files, what they cover, their caveats."""

import math
from dataclasses import dataclass

from maillage.common.french import listing
from maillage.engine.coverage import FlowCoverage
from maillage.engine.dataset import Coverage, FlowMeta, SourceFile
from maillage.engine.edition import Edition
from maillage.territory.perimeter import FREE, Perimeter
from maillage.territory.units import COMMUNE, COUNTRY

#: Levels that are no mesh, and their French names.
UNMESHED = {COMMUNE: "Commune", COUNTRY: "Pays", FREE: "Périmètre libre"}


@dataclass(frozen=True)
class TerritoryCited:
    """Who is spoken of. ``population`` is None where a member's is not known."""

    id: str
    name: str
    level: str
    level_label: str  # French
    nature: str
    nature_label: str  # French
    communes: int
    population: float | None


@dataclass(frozen=True)
class UnitCited:
    """What is counted: an English key and its French name."""

    id: str
    label: str


@dataclass(frozen=True)
class FileCited:
    """One official file, as its source card tells it. ``rows`` counts those read."""

    card: str
    title: str
    producer: str
    page: str
    licence: str
    file: str
    sha256: str
    rows: int
    cog: int | None


@dataclass(frozen=True)
class SourceCited:
    """The files behind a figure, and what must be said of them.

    ``secrecy`` is public or protected; in a protected file, some cells are hidden for good.
    """

    edition: str
    files: tuple[FileCited, ...]
    question: str
    secrecy: str
    estimated: bool
    fictional: bool
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class CoverageCited:
    """How far the universe reaches for each figure."""

    internal: Coverage
    outgoing: Coverage
    incoming: Coverage


@dataclass(frozen=True)
class UniverseCited:
    """What the files cover. ``partial``: what crosses the edge of the territory is cut."""

    national: bool
    label: str
    scopes: tuple[str, ...]
    excludes: tuple[str, ...]
    partial: bool
    coverage: CoverageCited


def cite_territory(edition: Edition, perimeter: Perimeter) -> TerritoryCited:
    population = float(edition.geography.population[perimeter.communes].sum())
    return TerritoryCited(
        id=perimeter.id,
        name=perimeter.name,
        level=perimeter.level,
        level_label=level_label(edition, perimeter.level),
        nature=perimeter.nature,
        nature_label=_label(edition, "natures", perimeter.nature),
        communes=len(perimeter.communes),
        population=None if math.isnan(population) else population,
    )


def level_label(edition: Edition, level: str) -> str:
    """French name of a level; the level itself where the catalogue has none."""
    return UNMESHED.get(level) or _label(edition, "levels", level)


def _label(edition: Edition, nomenclature: str, code: str) -> str:
    card = edition.catalog.nomenclatures.get(nomenclature)
    return code if card is None else card.codes.get(code, code)


def cite_unit(edition: Edition, meta: FlowMeta) -> UnitCited:
    """A user's file may count something else than the family does: its own unit then."""
    card = edition.catalog.flows.get(meta.flow)
    label = card.unit_label if card is not None and card.unit == meta.unit else meta.unit
    return UnitCited(meta.unit, label)


def cite_source(edition: Edition, meta: FlowMeta) -> SourceCited:
    card = edition.catalog.flows.get(meta.flow)
    return SourceCited(
        edition=edition.id,
        files=tuple(cite_file(edition, file) for file in meta.sources),
        question=meta.question,
        secrecy=meta.secrecy,
        estimated=meta.estimated,
        fictional=meta.fictional or edition.fictional,
        caveats=(*meta.caveats, *(card.caveats if card is not None else ())),
    )


def cite_file(edition: Edition, file: SourceFile) -> FileCited:
    """A file whose card the catalogue no longer has is still named."""
    card = edition.catalog.sources.get(file.card)
    return FileCited(
        card=file.card,
        title=card.title if card is not None else file.card,
        producer=card.producer if card is not None else "",
        page=card.page if card is not None else "",
        licence=card.licence if card is not None else "",
        file=file.file,
        sha256=file.sha256,
        rows=file.rows,
        cog=file.cog,
    )


def cite_universe(meta: FlowMeta, coverage: FlowCoverage) -> UniverseCited:
    scopes = tuple(scope.label for scope in meta.universe.scopes)
    touched = coverage.labels or scopes
    return UniverseCited(
        national=meta.universe.national,
        label="ensemble du pays" if meta.universe.national else listing(touched),
        scopes=scopes,
        excludes=meta.universe.excludes,
        partial=coverage.crossing is not Coverage.COMPLETE,
        coverage=CoverageCited(coverage.internal, coverage.outgoing, coverage.incoming),
    )
