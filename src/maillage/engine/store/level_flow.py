"""A flow published between the units of a mesh: a small dense array and what it means."""

from pathlib import Path

from maillage.engine.dataset import LevelFlow
from maillage.engine.store.folder import DraftFolder, read_array, read_json
from maillage.engine.store.meta import meta_from_json, meta_to_json
from maillage.engine.store.stock import unit_codes
from maillage.territory.geography import Geography


def level_flow_folder(flow: str, year: int, level: str) -> str:
    return f"level_flows/{flow}/{year}/{level}"


def write_level_flow(draft: DraftFolder, geography: Geography, values: LevelFlow) -> None:
    """ValueError when the array is not that of the units and outside cells, or is negative."""
    units = len(unit_codes(geography, values.level, values.level_year)) + len(geography.outside)
    if values.weight.shape != (units, units):
        raise ValueError(f"{values.meta.flow} {values.meta.year}: not the units of {values.level}")
    if not (values.weight >= 0).all():
        raise ValueError(f"{values.meta.flow} {values.meta.year}: a weight is negative or unknown")
    folder = level_flow_folder(values.meta.flow, values.meta.year, values.level)
    draft.array(f"{folder}/weight.npy", values.weight)
    facts = {"level_year": values.level_year, "meta": meta_to_json(values.meta)}
    draft.json(f"{folder}/meta.json", facts)


def read_level_flow(edition: Path, flow: str, year: int, level: str) -> LevelFlow:
    folder = edition / level_flow_folder(flow, year, level)
    facts = read_json(folder / "meta.json")
    return LevelFlow(
        meta=meta_from_json(facts["meta"]),
        level=level,
        level_year=facts["level_year"],
        weight=read_array(folder / "weight.npy"),
    )
