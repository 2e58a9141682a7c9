"""The six families of known territories: totals, first partners each way, rank among all.

Each call answers for one EPCI, another one each time, so that none is in cache by luck.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, TypedDict

import numpy as np

from maillage.engine.edition import Edition, current_edition
from maillage.engine.ratio import ratio
from maillage.observatory.answers.portrait import Portrait
from maillage.observatory.portrait import portrait
from maillage.observatory.ranks import level_margins
from maillage.territory.geography import FloatArray
from maillage.territory.perimeter import parse_perimeter

LEVEL = "epci"
TOP = 10
CODES = "codes.json"


Ranked = list[tuple[str, float]]


class Family(TypedDict, total=False):
    """``first_…`` are partners and flows, largest first; ``rank`` is by self-containment."""

    internal: float
    outgoing: float
    incoming: float
    first_outgoing: Ranked
    first_incoming: Ranked
    rank: int


Call = Callable[[], dict[str, Family]]


def write_dense(editions: Path, folder: Path) -> None:
    """What ``numpy_reads`` reads: by flow, matrices both ways and vectors; codes of partners."""
    edition = current_edition(editions)
    (folder / CODES).write_text(json.dumps(edition.partners(LEVEL).codes))
    for flow, year in newest(edition).items():
        profile = edition.dense(flow, year, LEVEL).profile
        home = folder / flow
        home.mkdir()
        np.save(home / "outgoing.npy", profile.outgoing)
        np.save(home / "incoming.npy", profile.incoming)
        np.save(home / "internal.npy", profile.internal)
        np.save(home / "containment.npy", ratio(profile.internal, profile.origins))


def newest(edition: Edition) -> Mapping[str, int]:
    """The newest year of each flow."""
    return {meta.flow: meta.year for meta in edition.flows()}


def numpy_reads(folder: Path, units: list[int]) -> Call:
    """One row each way of memory-mapped matrices: the bare reads that the answer needs."""
    names = ("outgoing", "incoming", "internal", "containment")
    files = {
        home.name: [np.asarray(np.load(home / f"{name}.npy", mmap_mode="r")) for name in names]
        for home in sorted(folder.iterdir())
        if home.is_dir()
    }
    codes = json.loads((folder / CODES).read_text())
    turn = cycle(units)

    def family(unit: int, arrays: list[FloatArray]) -> Family:
        outgoing, incoming, internal, containment = arrays
        out, into = outgoing[unit], incoming[unit]
        return {
            "internal": float(internal[unit]),
            "outgoing": float(out.sum()),
            "incoming": float(into.sum()),
            "first_outgoing": first(out, codes),
            "first_incoming": first(into, codes),
            "rank": int((containment > containment[unit]).sum()) + 1,
        }

    def call() -> dict[str, Family]:
        unit = next(turn)
        return {flow: family(unit, arrays) for flow, arrays in files.items()}

    return call


def balances(editions: Path, units: list[int]) -> Call:
    """Ours: the balances of an edition, as every question reads them."""
    edition = current_edition(editions)
    years, partners = newest(edition), edition.partners(LEVEL).codes
    codes = edition.geography.mesh(LEVEL).codes
    perimeters = [parse_perimeter(codes[unit], edition.geography) for unit in units]
    turn = cycle(zip(units, perimeters, strict=True))

    def call() -> dict[str, Family]:
        unit, perimeter = next(turn)
        answer: dict[str, Family] = {}
        for flow, year in years.items():
            found = edition.balance(flow, year, perimeter)
            margins = level_margins(edition, flow, year, LEVEL)
            containment = ratio(margins.internal, margins.origins)
            answer[flow] = {
                "internal": found.internal.weight,
                "outgoing": found.out_total.weight,
                "incoming": found.in_total.weight,
                "first_outgoing": first(found.outgoing.weight, partners),
                "first_incoming": first(found.incoming.weight, partners),
                "rank": int((containment > containment[unit]).sum()) + 1,
            }
        return answer

    return call


def page(editions: Path, units: list[int]) -> Callable[[], Portrait]:
    """Ours, all that the page of a territory shows: precision, secrecy, sources, ranks, stocks."""
    edition = current_edition(editions)
    codes = edition.geography.mesh(LEVEL).codes
    turn = cycle([parse_perimeter(codes[unit], edition.geography) for unit in units])
    return lambda: portrait(edition, next(turn), limit=TOP)


def of_families(found: dict[str, Family]) -> Any:
    """Ranked flows without their partners, whose order is free where flows are equal."""
    return {
        flow: {
            **family,
            "first_outgoing": [weight for _, weight in family["first_outgoing"]],
            "first_incoming": [weight for _, weight in family["first_incoming"]],
        }
        for flow, family in found.items()
    }


def of_portrait(found: Portrait) -> Any:
    """The same, without ranks, which a page takes among comparable territories."""
    return of_families(
        {
            family.flow: {
                "internal": family.balance.internal or 0.0,
                "outgoing": family.balance.outgoing or 0.0,
                "incoming": family.balance.incoming or 0.0,
                "first_outgoing": _ranked((p.code, p.outgoing) for p in family.balance.partners),
                "first_incoming": _ranked((p.code, p.incoming) for p in family.balance.partners),
            }
            for family in found.families
            if family.balance is not None
        }
    )


def first(flows: FloatArray, codes: Sequence[str]) -> Ranked:
    """The first partners with which something is exchanged, largest first."""
    top = np.argpartition(flows, -TOP)[-TOP:]
    ordered = top[np.argsort(-flows[top])]
    return [(codes[partner], float(flows[partner])) for partner in ordered if flows[partner]]


def _ranked(partners: Iterable[tuple[str, float | None]]) -> Ranked:
    known = [(code, flow) for code, flow in partners if flow]
    return sorted(known, key=lambda one: -one[1])[:TOP]
