"""The report of a run: tables for the terminal and the documentation, JSON for machines."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.data import FACTORS
from bench.measure import Outcome
from bench.sizes import Size
from bench.tasks import Task
from maillage.common.french import number

Row = Sequence[str]
MIB = 2**20
SCALES = {
    "demo": "le pays fictif de démonstration (500 communes)",
    "region": "une région fictive (4 000 communes)",
    "france": "un pays fictif de la taille de la France (34 900 communes, 1 255 EPCI)",
}
INTRODUCTION = """\
# Mesures

Maillage est comparé à ce que l’on écrirait à sa place, sur {scale}, machine : {machine}. Cette page
est écrite par `make bench`. Chaque concurrent a son processus ; tous passent à tour de rôle dans la
même exécution, et leurs réponses sont comparées avant d’être chronométrées. Ce sont les rapports
des médianes qui comptent : les durées dépendent de la machine et de ce qu’elle fait d’autre. Les
colonnes « 0,1 × » et « 3 × » donnent les mêmes mesures sur dix fois moins et trois fois plus de
lignes. La mémoire est celle du processus entier, lecture des données comprise."""
SIZES = """\
## Taille d’une édition

Pour chaque flux, en mébioctets : ses cellules seules, en Parquet compressé par zstd ; ce qu’il faut
de plus pour répondre sans calcul préalable (lignes et colonnes de la matrice, bilans de chaque
maille, distances), gardé sans compression pour être projeté en mémoire ; ses ventilations. Le
rapport est celui des deux premières à la première."""
SIZE_COLUMNS = ("Flux", "Cellules", "Parquet zstd", "Tableaux", "Ventilations", "Rapport")


@dataclass(frozen=True)
class Result:
    """Outcomes of a task by size, then by contestant."""

    task: Task
    outcomes: Mapping[float, Mapping[str, Outcome]]

    @property
    def at_scale(self) -> Mapping[str, Outcome]:
        """Those at the size of the country, on which demands bear."""
        return self.outcomes[1.0]

    @property
    def holds(self) -> bool:
        return all(demand.holds(self.at_scale) for demand in self.task.demands)


def markdown(results: Sequence[Result], sizes: Sequence[Size], scale: str) -> str:
    """The page of the documentation, in French."""
    return "\n\n".join(
        [
            INTRODUCTION.format(machine=machine(), scale=SCALES[scale]),
            verdict(results),
            *(_task_section(result) for result in results),
            SIZES,
            table(SIZE_COLUMNS, [_size_row(size) for size in sizes]),
        ]
    )


def verdict(results: Sequence[Result]) -> str:
    """What was demanded, what was measured, and whether it holds."""
    rows = [
        [
            result.task.title,
            demand.label,
            number(demand.measured(result.at_scale), 2),
            demand.limit(),
            "oui" if demand.holds(result.at_scale) else "**non**",
        ]
        for result in results
        for demand in result.task.demands
    ]
    return table(("Tâche", "Exigence", "Mesuré", "Limite", "Tenue"), rows)


def as_json(results: Sequence[Result], sizes: Sequence[Size], scale: str) -> dict[str, Any]:
    return {
        "scale": scale,
        "machine": machine(),
        "tasks": {result.task.id: _task_json(result) for result in results},
        "sizes": [asdict(size) for size in sizes],
        "holds": all(result.holds for result in results),
    }


def machine() -> str:
    """« 2 cœurs, 24 Gio »."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cœurs, {memory:.0f} Gio"


def _task_json(result: Result) -> dict[str, Any]:
    return {
        "demands": [
            {
                "label": demand.label,
                "limit": demand.limit(),
                "measured": demand.measured(result.at_scale),
                "holds": demand.holds(result.at_scale),
            }
            for demand in result.task.demands
        ],
        "seconds": {
            f"{factor:g}": {
                name: {**asdict(outcome.timing), "peak_mb": outcome.peak_mb}
                for name, outcome in outcomes.items()
            }
            for factor, outcomes in result.outcomes.items()
        },
    }


def _task_section(result: Result) -> str:
    factors = [factor for factor in FACTORS if factor in result.outcomes]
    columns = (
        "",
        *(f"Médiane à {number(factor, 1)} ×" for factor in factors),
        "Meilleur à 1 ×",
        "Rapport à 1 ×",
        "Mémoire de pointe à 1 ×",
    )
    rows = [_contestant_row(result, name, factors) for name in result.at_scale]
    return f"## {result.task.title}\n\n{table(columns, rows)}"


def _contestant_row(result: Result, name: str, factors: Iterable[float]) -> Row:
    ours = next(iter(result.at_scale.values())).timing.median
    outcome = result.at_scale[name]
    found = (result.outcomes[factor].get(name) for factor in factors)
    return [
        name,
        *(duration(each.timing.median) if each else "–" for each in found),
        duration(outcome.timing.best),
        number(outcome.timing.median / ours, 2),
        f"{number(outcome.peak_mb)} Mio",
    ]


def duration(seconds: float) -> str:
    """In seconds, or in milliseconds under a tenth."""
    return f"{number(seconds, 2)} s" if seconds >= 0.1 else f"{number(seconds * 1000, 2)} ms"


def _size_row(size: Size) -> Row:
    parts = (size.payload, size.arrays, size.breakdowns)
    ratio = (size.payload + size.arrays) / size.payload
    return [
        f"{size.flow} {size.year}",
        number(size.cells),
        *(number(part / MIB, 1) for part in parts),
        number(ratio, 1),
    ]


def table(columns: Row, rows: Sequence[Row]) -> str:
    """Figures to the right, the first column to the left."""
    rule = [":--", *("--:" for _ in columns[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))
