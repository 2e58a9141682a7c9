"""An edition, open: a value that never changes, whose id is the cache key of all it answers."""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.engine.dataset import FlowMeta, GrantList, LevelFlow, LevelShapes, StockValues
from maillage.engine.distance import DistanceSums
from maillage.engine.flows import FlowBalance, flow_balance
from maillage.engine.matrix import FlowMatrix
from maillage.engine.mesh_flow import DenseFlow, MeshFlow, partner_level
from maillage.engine.partners import Partners, partners_on
from maillage.engine.store.cards import read_cards
from maillage.engine.store.distance import read_distances
from maillage.engine.store.flow import (
    flow_folder,
    read_breakdown,
    read_dimensions,
    read_matrix,
    read_meta,
)
from maillage.engine.store.folder import FileMark, mark_of, read_json
from maillage.engine.store.former import read_former
from maillage.engine.store.geography import read_geography
from maillage.engine.store.grant import read_grants
from maillage.engine.store.level_flow import read_level_flow
from maillage.engine.store.mesh_flow import MESHES, read_mesh_flow
from maillage.engine.store.shapes import read_shapes
from maillage.engine.store.stock import read_stock
from maillage.engine.writer import CURRENT, MANIFEST, SCHEMA
from maillage.territory.former import FormerCommune
from maillage.territory.geography import Geography
from maillage.territory.perimeter import FREE, Perimeter
from maillage.territory.units import COMMUNE, COUNTRY

T = TypeVar("T")
BUILD = "construisez une édition avec « maillage build »."


class Edition:
    """Everything is opened on first use and kept: arrays are memory-mapped, read only."""

    def __init__(self, path: Path, manifest: Mapping[str, Any]) -> None:
        self.path = path
        self.manifest = manifest
        self.id: str = manifest["id"]
        self._opened: dict[tuple[object, ...], Any] = {}

    @classmethod
    def open(cls, path: Path) -> "Edition":
        """InputError when the folder holds no edition that this version can read."""
        if not (path / MANIFEST).is_file():
            raise InputError(
                problem="ce dossier n’est pas une édition.", remedy=BUILD, file=str(path)
            )
        manifest = read_json(path / MANIFEST)
        if manifest["schema"] != SCHEMA:
            raise InputError(
                problem="cette édition a été construite par une autre version de Maillage.",
                remedy=f"re{BUILD}",
                file=str(path),
            )
        return cls(path, manifest)

    @property
    def fictional(self) -> bool:
        return bool(self.manifest["fictional"])

    @cached_property
    def geography(self) -> Geography:
        return read_geography(self.path)

    @cached_property
    def former_communes(self) -> Mapping[str, FormerCommune]:
        """Codes that are communes no more, with where their land is now."""
        return read_former(self.path)

    @cached_property
    def catalog(self) -> Catalog:
        return read_cards(self.path)

    def flows(self) -> list[FlowMeta]:
        """What each flow and year means, in catalogue order then by year."""
        order = {id: card.order for id, card in self.catalog.flows.items()}
        pairs = sorted(self.manifest["flows"], key=lambda p: (order.get(p[0], len(order)), *p))
        return [self.meta(flow, year) for flow, year in pairs]

    def flow_years(self, flow: str) -> list[int]:
        """Years of a flow, ascending; empty when the edition has none."""
        return sorted(year for known, year in self.manifest["flows"] if known == flow)

    def meta(self, flow: str, year: int) -> FlowMeta:
        """KeyError when the edition has no such flow and year, as for all that follows."""
        return self._once(
            ("meta", flow, year), lambda: read_meta(self.path, *self._known(flow, year))
        )

    def dimensions(self, flow: str, year: int) -> Mapping[str, tuple[str, ...]]:
        """Categories of each dimension the file is broken down by."""
        key = ("dimensions", flow, year)
        return self._once(key, lambda: read_dimensions(self.path, *self._known(flow, year)))

    def matrix(self, flow: str, year: int, category: tuple[str, str] | None = None) -> FlowMatrix:
        """All the cells, or those of one category ``(dimension, code)``."""
        self._known(flow, year)
        if category is None:
            return self._once(
                ("matrix", flow, year),
                lambda: read_matrix(self.path, self.geography, flow, year),
            )
        dimension, code = category
        if dimension not in self.dimensions(flow, year):
            raise KeyError(dimension)
        return self._once(
            ("breakdown", flow, year, dimension),
            lambda: read_breakdown(self.path, self.geography, flow, year, dimension),
        )[code]

    def partners(self, level: str, year: int | None = None) -> Partners:
        """Partners on a mesh. KeyError when there is none, ValueError when its units overlap."""
        key = ("partners", level, year)
        return self._once(key, lambda: partners_on(self.geography, level, year))

    def mesh_flow(self, flow: str, year: int, level: str) -> MeshFlow:
        """Balances of every unit of the current mesh of a level, with its usual partners."""
        home = self.path / flow_folder(*self._known(flow, year)) / MESHES / level
        if not home.is_dir():
            raise KeyError(level)
        return self._once(("mesh", flow, year, level), lambda: read_mesh_flow(home))

    def dense(self, flow: str, year: int, level: str) -> DenseFlow:
        """Every unit of a level at once. A few milliseconds: the answer is not kept."""
        partners = self.partners(partner_level(self.geography, level))
        profile = self.mesh_flow(flow, year, level).profile(len(partners))
        return DenseFlow(self.geography.mesh(level), partners, profile)

    def balance(
        self, flow: str, year: int, perimeter: Perimeter, partners: Partners | None = None
    ) -> FlowBalance:
        """Balance of any perimeter: read where it is a known unit, else gathered."""
        usual = partner_level(self.geography, perimeter.level)
        chosen = partners or self.partners(usual)
        if chosen is self.partners(usual) and (unit := self._unit(perimeter)) is not None:
            return self.mesh_flow(flow, year, perimeter.level).balance(unit, len(chosen))
        matrix = self.matrix(flow, year)
        return flow_balance(matrix, perimeter.communes, chosen.of, len(chosen))

    def distances(self, flow: str, year: int) -> tuple[DistanceSums, DistanceSums]:
        """Distance sums by origin and by destination node.

        Where staying means having not moved (residential), only movers count.
        """
        card = self.catalog.flows.get(flow)
        inside = card is None or not card.diagonal_is_stable
        folder = self.path / flow_folder(*self._known(flow, year))
        key = ("distances", flow, year)
        return self._once(key, lambda: read_distances(folder, inside=inside))

    def level_flows(self) -> list[tuple[str, int, str]]:
        """Flow, year and level of what files give between the units of a mesh only."""
        return [(flow, year, level) for flow, year, level in self.manifest["level_flows"]]

    def level_flow(self, flow: str, year: int, level: str) -> LevelFlow:
        """KeyError when the edition has no such flow, year and level."""
        if (flow, year, level) not in self.level_flows():
            raise KeyError(f"{flow} {year} {level}")
        key = ("level_flow", flow, year, level)
        return self._once(key, lambda: read_level_flow(self.path, flow, year, level))

    def stocks(self) -> list[str]:
        """Ids of the stocks the edition holds."""
        return sorted({stock for stock, _, _ in self.manifest["stocks"]})

    def stock_years(self, stock: str) -> list[int]:
        """Ascending; empty when the edition has none."""
        return sorted({year for known, year, _ in self.manifest["stocks"] if known == stock})

    def stock(self, stock: str, year: int | None = None, level: str | None = None) -> StockValues:
        """The newest year unless told; values by commune where there are, unless told."""
        found = [
            (year_, level_ == "commune", level_)
            for known, year_, level_ in self.manifest["stocks"]
            if known == stock and year in (None, year_) and level in (None, level_)
        ]
        if not found:
            raise KeyError(stock if year is None else f"{stock} {year}")
        newest, _, home = max(found)
        key = ("stock", stock, newest, home)
        return self._once(key, lambda: read_stock(self.path, stock, newest, home))

    def grant_years(self) -> list[int]:
        """Years of which the edition has a list of grants, ascending."""
        return sorted(self.manifest.get("grants", ()))

    def grants(self, year: int) -> GrantList:
        if year not in self.grant_years():
            raise KeyError(year)
        return self._once(("grants", year), lambda: read_grants(self.path, year))

    def geometry(self, level: str) -> LevelShapes:
        """Contours of a level."""
        if level not in self.manifest["geometry"]:
            raise KeyError(level)
        return self._once(("geometry", level), lambda: read_shapes(self.path, level))

    def report(self) -> Any:
        """The account of the build, as it was written; None when there is none."""
        return read_json(path) if (path := self.path / "report.json").exists() else None

    def altered_files(self) -> list[str]:
        """Files that are missing or whose bytes no longer match the manifest. Reads them all."""
        return [
            name
            for name, mark in self.manifest["files"].items()
            if not (self.path / name).is_file() or mark_of(self.path / name) != FileMark(**mark)
        ]

    def _unit(self, perimeter: Perimeter) -> int | None:
        """Its index in the current mesh of its level; None for communes and free perimeters."""
        if perimeter.level == COUNTRY:
            return 0
        if perimeter.level in (COMMUNE, FREE):
            return None
        mesh = self.geography.mesh(perimeter.level)
        return mesh.index.get(perimeter.id.removeprefix(mesh.prefix))

    def _known(self, flow: str, year: int) -> tuple[str, int]:
        if [flow, year] not in self.manifest["flows"]:
            raise KeyError(f"{flow} {year}")
        return flow, year

    def _once(self, key: tuple[object, ...], read: Callable[[], T]) -> T:
        if key not in self._opened:
            self._opened[key] = read()
        opened: T = self._opened[key]
        return opened


def current_id(editions: Path) -> str:
    """Id of the edition being served: one small read. InputError when the folder has none yet."""
    try:
        return (editions / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise InputError(
            problem="aucune édition dans ce dossier.", remedy=BUILD, file=str(editions)
        ) from error


def current_edition(editions: Path) -> Edition:
    """The edition being served. InputError when the folder has none yet."""
    return Edition.open(editions / current_id(editions))
