"""A hand-made country of nine communes, and files dropped into a mirror of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from maillage.catalog.load import Catalog, load_catalog
from maillage.engine.dataset import FlowCells
from maillage.sources.batch import Batch
from maillage.sources.duckdb_batch import DuckDbBatch
from maillage.sources.layouts import Context, Reading, derived_layout_of, layout_of
from maillage.sources.mirror import MatchedFile, scan_mirror
from maillage.sources.references.bundle import GeographyBundle
from maillage.sources.references.report import ReferencesReport
from maillage.territory.geography import Geography, Mesh
from maillage.territory.passages import Passages

CODES = ("01001", "01002", "2A004", "44001", "44002", "44109", "75056", "97101", "97411")
#: Merged into 44002 and 44109 before 2025; the populations of 2018 tell their weights.
TABLE = {"44003": "44002", "44110": "44109"}
POPULATIONS = {
    2018: {"44002": 3000.0, "44003": 1000.0, "44109": 5000.0},
    2025: {code: 1000.0 * (i + 1) for i, code in enumerate(CODES)},
}


def mesh(level: str, year: int, units: dict[str, tuple[str, ...]]) -> Mesh:
    members = [np.array([CODES.index(code) for code in unit], np.int32) for unit in units.values()]
    return Mesh(
        level=level,
        year=year,
        label=level,
        codes=tuple(units),
        names=tuple(units),
        natures=("",) * len(units),
        starts=np.cumsum([0, *map(len, members)]).astype(np.int32),
        members=np.concatenate(members).astype(np.int32),
        partition=True,
        source="essai",
    )


def geography() -> Geography:
    nowhere = np.full(len(CODES), np.nan)
    return Geography(
        cog=2025,
        codes=CODES,
        names=tuple(f"Commune {code}" for code in CODES),
        population=np.array([POPULATIONS[2025][code] for code in CODES]),
        lon=nowhere,
        lat=nowhere,
        meshes=(
            mesh("epci", 2025, {"200000001": CODES[:2], "244400404": ("44001", "44002", "44109")}),
            mesh("departement", 2025, {
                "01": CODES[:2], "2A": CODES[2:3], "44": CODES[3:6], "75": CODES[6:7],
                "971": CODES[7:8], "974": CODES[8:9],
            }),
            mesh("region", 2025, {"52": CODES[3:6], "11": CODES[6:7]}),
        ),
        fictional=True,
    )  # fmt: skip


@cache
def bundle() -> GeographyBundle:
    country = geography()
    passages = Passages(country, (), TABLE, POPULATIONS)
    return GeographyBundle(country, passages, geometry=None, report=ReferencesReport())


def node(code: str) -> int:
    return bundle().geography.index[code]


def only_file(mirror: Path, catalog: Catalog | None = None) -> MatchedFile:
    """The one known file of a mirror; a refusal is raised as an assertion."""
    scan = scan_mirror(mirror, catalog or load_catalog())
    assert not scan.refused, scan.refused
    (file,) = scan.files
    return file


def read_mirror(
    mirror: Path,
    workdir: Path,
    *,
    card: str = "",
    catalog: Catalog | None = None,
    references: GeographyBundle | None = None,
    flows: tuple[FlowCells, ...] = (),
    engine: Callable[[Path], Batch] = DuckDbBatch,
) -> Reading:
    """Reads the file of ``card`` (the only file unless told), the others as companions."""
    cards = catalog or load_catalog()
    scan = scan_mirror(mirror, cards)
    assert not scan.refused, scan.refused
    (file,) = [file for file in scan.files if card in ("", file.card.id)]
    workdir.mkdir(exist_ok=True)
    batch = engine(workdir)
    context = Context(
        catalog=cards,
        bundle=references or bundle(),
        batch=batch,
        workdir=workdir,
        progress=lambda _: None,
        files=scan.files,
    )
    try:
        if derived := derived_layout_of(file):
            wanted = (derived.needed(cells, file, context) for cells in flows)
            context = replace(context, flows=tuple(cells for cells in wanted if cells))
        return layout_of(file).read(file, context)
    finally:
        batch.close()


def with_card(card: object, stocks: tuple[object, ...] = ()) -> Catalog:
    """The package's catalog and one more source, with its stocks."""
    from maillage.catalog.cards import SourceCard, StockCard

    base = load_catalog()
    source = SourceCard.model_validate(card)
    more = [StockCard.model_validate(item) for item in stocks]
    return replace(
        base,
        sources={**base.sources, source.id: source},
        stocks={**base.stocks, **{item.id: item for item in more}},
    )
