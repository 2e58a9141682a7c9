"""Mean hourly wages by commune, and the wage mass they let us estimate from commuters.

W_ji = Σ_c F_ij,c · w_j,c · hours: commuters from i to j (those of each occupation c where the
census file tells it), mean hourly wage w at the workplace j, hours paid a year (151.67 × 12 =
1,820). A workplace too small to be published takes the mean of its département, weighted by the
commuters it receives, else that of the country. The flow is marked as an estimate, and none is
made for a year that has a real matrix.

Constants: ``hours``; ``wage_at``, ``workplace`` or ``residence``: whose wages the file gives.
"""

from collections.abc import Iterator
from dataclasses import replace

from maillage.common.french import counted, percent
from maillage.engine.dataset import FlowCells, FlowMeta, SourceFile, StockValues
from maillage.engine.stocks import divisor_year
from maillage.sources.layouts import Context, Reading, stock_table
from maillage.sources.layouts.wages.estimate import (
    OCCUPATION,
    WAGED,
    PayFile,
    WageCells,
    estimated_wages,
)
from maillage.sources.mirror import MatchedFile
from maillage.sources.universe import reversed_universe

DERIVED = True
COMMUTING = "commuting"
MEAN = "mean_hourly_wage"


def read(file: MatchedFile, context: Context) -> Reading:
    """The mean wages as stocks, and an estimated flow for each commuting file they may meet."""
    reading = stock_table.read(file, context)
    pay = _pay(reading, file)
    flows, notes = [], []
    for commuters in _commuters(file, context):
        cells = estimated_wages(commuters, pay, context.bundle.geography)
        flows.append(_flow(cells, commuters, reading, context))
        notes.append(_note(cells, commuters.meta.year))
    account = replace(reading.account, notes=(*reading.account.notes, *notes))
    return replace(reading, values=(*reading.values, *flows), account=account)


def _pay(reading: Reading, file: MatchedFile) -> PayFile:
    values = {v.stock: v.values for v in reading.values if isinstance(v, StockValues)}
    told = {code: values.get(f"{MEAN}_cs{code}") for code in WAGED}
    return PayFile(
        mean=values[MEAN],
        by_occupation={code: mean for code, mean in told.items() if mean is not None},
        hours=float(file.card.constants["hours"]),
        at_workplace=file.card.constants["wage_at"] == "workplace",
    )


def needed(cells: FlowCells, file: MatchedFile, context: Context) -> FlowCells | None:
    """Commuters whose year these wages may be crossed with; of real wages, that they are there."""
    if cells.meta.flow == COMMUTING:
        occupations = {d: b for d, b in cells.breakdowns.items() if d == OCCUPATION}
        crossed = _crossed_year(cells.meta.year, file, context) == file.year
        return replace(cells, breakdowns=occupations) if crossed else None
    if cells.meta.flow == file.card.flow:
        nothing = cells.origin[:0]
        return FlowCells(cells.meta, nothing, nothing, cells.weight[:0], None)
    return None


def _commuters(file: MatchedFile, context: Context) -> Iterator[FlowCells]:
    """Commuters of the years that no real wages answer."""
    answered = {c.meta.year for c in context.flows if c.meta.flow == file.card.flow}
    for cells in context.flows:
        year = cells.meta.year
        crossed = _crossed_year(year, file, context) == file.year
        if cells.meta.flow == COMMUTING and crossed and year not in answered:
            yield cells


def _crossed_year(year: int, file: MatchedFile, context: Context) -> int | None:
    """Which year of these wages a year of commuting may be crossed with: the stock's own rule."""
    years = [other.year for other in context.companions(file.card.id)]
    return divisor_year(context.catalog.stocks[MEAN], COMMUTING, year, years)


def _flow(cells: WageCells, commuters: FlowCells, reading: Reading, context: Context) -> FlowCells:
    """The wage cells, which cover what the commuters do, seen from the workplace."""
    file = reading.file
    wages = SourceFile(file.card.id, file.name, file.sha256, reading.account.rows, file.cog)
    flow = context.catalog.flows[file.card.flow or ""]
    meta = FlowMeta(
        flow=flow.id,
        year=commuters.meta.year,
        unit=flow.unit,
        sources=(*commuters.meta.sources, wages),
        universe=reversed_universe(commuters.meta.universe),
        mean_weight=None,
        census=flow.census,
        estimated=True,
        secrecy=file.card.secrecy.status,
        fictional=context.bundle.geography.fictional,
        caveats=file.card.caveats,
    )
    return FlowCells(meta, cells.origin, cells.destination, cells.weight, None)


def _note(cells: WageCells, year: int) -> str:
    told = (
        f"Masse salariale de {year} estimée ; {percent(cells.borrowed)} du montant repose sur le "
        "salaire moyen du département ou du pays."
    )
    if round(cells.left_out):
        left_out = counted(cells.left_out, "actif travaille", "actifs travaillent")
        told += f" {left_out} hors des communes : leurs salaires n’y sont pas."
    return told
