"""What goes into an edition, once each: cells by flow and year, stocks by year and mesh."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from maillage.common.errors import InputError
from maillage.engine.dataset import FlowCells, GrantList, LevelFlow, StockValues
from maillage.engine.writer import EditionWriter
from maillage.sources.layouts import Reading
from maillage.sources.merge import Candidate, joined
from maillage.sources.mirror import Refusal

Place = tuple[str, int, str]  # flow or stock, year, level
Value = FlowCells | LevelFlow | StockValues | GrantList


@dataclass(eq=False)
class Shelf:
    """Writes values as they come. ``given_by`` tells the file of each; ``refused`` the others."""

    writer: EditionWriter
    given_by: dict[Place, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    keep: Callable[[FlowCells], FlowCells | None] = lambda cells: None  # for derived files
    kept: list[FlowCells] = field(default_factory=list)

    def put(self, readings: Sequence[Reading]) -> None:
        """Readings of files that may hold the same flow and year: no later call may."""
        self._put_flows(readings)
        for reading in readings:
            for value in reading.values:
                if not isinstance(value, FlowCells) and self._is_new(value, reading):
                    self._write(value)

    def gave(self, reading: Reading) -> list[Place]:
        return [place for place, files in self.given_by.items() if reading.file.name in files]

    def _put_flows(self, readings: Iterable[Reading]) -> None:
        candidates: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
        for reading in readings:
            for cells in reading.values:
                if isinstance(cells, FlowCells):
                    key = cells.meta.flow, cells.meta.year
                    candidates[key].append(Candidate(reading, cells))
        for (flow, year), rivals in sorted(candidates.items()):
            new = [one for one in rivals if self._is_new(one.cells, one.reading, files=rivals)]
            if new:
                found = joined(new, self.writer.geography.n_nodes)
                self.refused.extend(found.refused)
                aside = {refusal.file for refusal in found.refused}
                place = flow, year, "commune"
                self.given_by[place] = [one.name for one in new if one.name not in aside]
                self.writer.write_flow(found.cells)
                needed = self.keep(found.cells)
                self.kept.extend([needed] if needed else [])

    def _is_new(
        self,
        value: Value,
        reading: Reading,
        files: Sequence[Candidate] = (),
    ) -> bool:
        """Whether nothing was written in its place; else the value is refused."""
        place = _place(value)
        if place in self.given_by:
            self.refused.append(_already_given(place, self.given_by[place], reading))
            return False
        if not files:
            self.given_by[place] = [reading.file.name]
        return True

    def _write(self, value: LevelFlow | StockValues | GrantList) -> None:
        if isinstance(value, LevelFlow):
            self.writer.write_level_flow(value)
        elif isinstance(value, GrantList):
            self.writer.write_grants(value)
        else:
            self.writer.write_stock(value)


def _place(value: Value) -> Place:
    if isinstance(value, GrantList):
        return "grants", value.year, "projet"
    if isinstance(value, StockValues):
        return value.stock, value.year, value.level
    level = value.level if isinstance(value, LevelFlow) else "commune"
    return value.meta.flow, value.meta.year, level


def _already_given(place: Place, files: Sequence[str], reading: Reading) -> Refusal:
    name, year, level = place
    error = InputError(
        problem=f"« {name} » {year} ({level}) est déjà donné par « {', '.join(files)} ».",
        remedy="n’en gardez qu’un si ce choix ne vous convient pas.",
        file=reading.file.name,
    )
    return Refusal(reading.file.name, str(error), reading.file.card.id)
