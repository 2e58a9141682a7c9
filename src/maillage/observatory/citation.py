"""What a figure must carry to be quoted: unit, files, what they cover, their caveats."""

from dataclasses import dataclass

from maillage.common.french import listing
from maillage.engine.coverage import FlowCoverage
from maillage.engine.dataset import Coverage, FlowMeta, SourceFile
from maillage.engine.edition import Edition


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
    """The files behind a figure, and what must be said of them."""

    edition: str
    files: tuple[FileCited, ...]
    question: str
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
