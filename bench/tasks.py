"""The tasks, who competes in each, and what is demanded of ours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bench.contestants import battery, ingest, perimeter, profile
from bench.data import Bench
from bench.measure import Contestant, Outcome

FLOW = "commuting"
MEMBERS = 100  # communes of the custom perimeter
TERRITORIES = 50  # known territories whose profiles are read in turn


@dataclass(frozen=True)
class Demand:
    """Ours against the quickest of the others, by medians, at the size of the country.

    ``at_least``: how many times quicker. ``at_most``: how many times slower.
    """

    label: str  # French
    ours: str
    others: tuple[str, ...]
    at_least: float | None = None
    at_most: float | None = None

    def measured(self, outcomes: Mapping[str, Outcome]) -> float:
        ours = outcomes[self.ours].timing.median
        others = min(outcomes[name].timing.median for name in self.others)
        return others / ours if self.at_least is not None else ours / others

    def limit(self) -> str:
        return f"≥ {self.at_least:g}" if self.at_least is not None else f"≤ {self.at_most:g}"

    def holds(self, outcomes: Mapping[str, Outcome]) -> bool:
        found = self.measured(outcomes)
        return (self.at_least or found) <= found <= (self.at_most or found)


@dataclass(frozen=True)
class MemoryDemand:
    """Peak memory of the process of one contestant, in MiB."""

    label: str
    ours: str
    at_most: float

    def measured(self, outcomes: Mapping[str, Outcome]) -> float:
        return outcomes[self.ours].peak_mb

    def limit(self) -> str:
        return f"≤ {self.at_most:g} Mio"

    def holds(self, outcomes: Mapping[str, Outcome]) -> bool:
        return self.measured(outcomes) <= self.at_most


@dataclass(frozen=True)
class Task:
    """``contestants`` by French label, at a size; the first is ours, to which ratios are taken."""

    id: str
    title: str  # French
    contestants: Callable[[Bench, float], Mapping[str, Contestant]]
    demands: tuple[Demand | MemoryDemand, ...]
    rounds: int
    afresh: bool = False  # a new process a round


def _perimeter(bench: Bench, factor: float) -> dict[str, Contestant]:
    editions = bench.scaled_editions(factor)
    codes = bench.edition.geography.codes
    scattered = np.linspace(0, len(codes) - 1, min(MEMBERS, len(codes) // 3)).astype(int)
    communes = [codes[commune] for commune in scattered]
    ours = (editions, FLOW, communes)
    theirs = (bench.cells(FLOW, factor), bench.places())
    file = bench.home / f"cells-{factor:g}.duckdb"
    return {
        PAGE: Contestant(perimeter.page, ours, calls=20, tell=perimeter.of_balance),
        ALGEBRA: Contestant(perimeter.algebra, ours, calls=100),
        "pandas, textes": Contestant(perimeter.pandas, (*theirs, communes)),
        "pandas, objets": Contestant(perimeter.pandas_objects, (*theirs, communes)),
        DUCKDB: Contestant(perimeter.duckdb, (*theirs, file, communes)),
    }


def _profile(bench: Bench, factor: float) -> dict[str, Contestant]:
    editions = bench.scaled_editions(factor)
    count = len(bench.edition.geography.mesh(profile.LEVEL).codes)
    units = np.linspace(0, count - 1, min(TERRITORIES, count)).astype(int).tolist()
    ours, dense = (editions, units), (bench.dense(factor), units)
    return {
        FAMILIES: Contestant(profile.balances, ours, TERRITORIES, tell=profile.of_families),
        PORTRAIT: Contestant(profile.page, ours, TERRITORIES, tell=profile.of_portrait),
        READS: Contestant(profile.numpy_reads, dense, TERRITORIES, tell=profile.of_families),
    }


def _battery(bench: Bench, factor: float) -> dict[str, Contestant]:
    given = (bench.scaled_editions(factor), FLOW)
    return {
        BATTERY: Contestant(battery.battery, given, tell=battery.of_battery),
        PASS: Contestant(battery.bincount, given, tell=battery.of_matrix),
        "np.bincount, codes prêts": Contestant(
            battery.bincount_ready, given, tell=battery.of_matrix
        ),
    }


def _ingest(bench: Bench, factor: float) -> dict[str, Contestant]:
    file = bench.detail(factor)
    ours = (file, bench.passages())
    contestants = {
        SUMS: Contestant(ingest.sums, ours, tell=ingest.of_pairs),
        CELLS: Contestant(ingest.layout, (*ours, False), tell=ingest.of_cells),
        POLARS: Contestant(ingest.polars, (file,), tell=ingest.of_polars),
        DUCKDB: Contestant(ingest.duckdb, (file,), tell=ingest.of_duckdb),
    }
    if factor == 1:
        contestants[VENTILATED] = Contestant(ingest.layout, (*ours, True), tell=ingest.of_cells)
    return contestants


PAGE, ALGEBRA = "Maillage, appel de la page", "Maillage, algèbre seule"
FAMILIES, PORTRAIT = "Maillage, lecture des six familles", "Maillage, portrait complet de la page"
READS = "lectures numpy nues"
BATTERY, PASS = "Maillage, toute la batterie", "np.bincount, codage compris"
SUMS, CELLS = "Maillage, sommes par couple", "Maillage, cellules placées et contrôlées"
VENTILATED = "Maillage, avec quatre ventilations"
PANDAS = ("pandas, textes", "pandas, objets")
POLARS, DUCKDB = "polars en flux", "DuckDB"

TASKS = (
    Task(
        id="perimeter",
        title="Périmètre libre de 100 communes éparses, navettes, 20 premiers partenaires",
        contestants=_perimeter,
        # Like for like: the others sum and rank, as the algebra does. The page also says of every
        # figure its precision, its secrecy and its source: its time is told beside theirs.
        demands=(
            Demand("algèbre contre pandas", ALGEBRA, PANDAS, at_least=100),
            Demand("appel de la page contre DuckDB", PAGE, (DUCKDB,), at_least=20),
            Demand("algèbre contre DuckDB", ALGEBRA, (DUCKDB,), at_least=20),
        ),
        rounds=15,
    ),
    Task(
        id="profile",
        title="Profil d’un EPCI dans les six familles",
        contestants=_profile,
        demands=(Demand("six familles contre lectures numpy nues", FAMILIES, (READS,), at_most=5),),
        rounds=15,
    ),
    Task(
        id="battery",
        title="Batterie générique de tous les EPCI, navettes",
        contestants=_battery,
        demands=(Demand("batterie contre une passe np.bincount", BATTERY, (PASS,), at_most=5),),
        rounds=15,
    ),
    Task(
        id="ingest",
        title="Fichier détail csv vers les cellules entre communes",
        contestants=_ingest,
        demands=(
            Demand("sommes contre le meilleur", SUMS, (POLARS, DUCKDB), at_most=1.2),
            MemoryDemand("mémoire de pointe", CELLS, at_most=800),
        ),
        rounds=5,
        afresh=True,
    ),
)
