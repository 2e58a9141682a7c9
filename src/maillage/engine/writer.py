"""Writes an edition beside the current one, then makes it current in one step.

A build that dies leaves a ``.building-*`` folder nobody reads; the next build clears it.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from maillage.catalog.load import Catalog
from maillage.common.files import disk_full, is_disk_full, replace_text, sync_folder
from maillage.engine.dataset import FlowCells, GrantList, LevelFlow, LevelShapes, StockValues
from maillage.engine.lock import acquire_lock
from maillage.engine.store.cards import write_cards
from maillage.engine.store.flow import write_flow
from maillage.engine.store.folder import DraftFolder
from maillage.engine.store.former import write_former
from maillage.engine.store.geography import write_geography
from maillage.engine.store.grant import write_grants
from maillage.engine.store.level_flow import write_level_flow
from maillage.engine.store.shapes import write_shapes
from maillage.engine.store.stock import write_stock
from maillage.territory.former import FormerCommune
from maillage.territory.geography import Geography

SCHEMA = 1
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
_DRAFT = ".building-"


class EditionWriter:
    """``with EditionWriter(folder) as writer: …; writer.publish()``.

    Nothing is readable before ``publish``; leaving without it, or on an error, leaves nothing.
    Raises InputError when another build is under way in the folder, and when the disk is full.
    """

    def __init__(self, editions: Path) -> None:
        self._editions = editions
        self._lock: IO[str] | None = None
        self._geography: Geography | None = None
        kinds = ("flows", "level_flows", "stocks", "grants", "geometry")
        self._facts: dict[str, list[Any]] = {kind: [] for kind in kinds}

    def __enter__(self) -> Self:
        self._editions.mkdir(parents=True, exist_ok=True)
        self._lock = acquire_lock(self._editions)
        for left_over in self._editions.glob(f"{_DRAFT}*"):
            shutil.rmtree(left_over)
        path = self._editions / f"{_DRAFT}{os.getpid()}"
        path.mkdir()
        self._draft = DraftFolder(path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._draft.path, ignore_errors=True)
        if self._lock is not None:
            self._lock.close()
        if is_disk_full(error):
            raise disk_full(self._editions, self._draft.bytes_asked) from error

    @property
    def path(self) -> Path:
        """The folder under way: a build may keep its temporary files in ``path / "tmp"``."""
        return self._draft.path

    def write_geography(self, geography: Geography) -> None:
        """First of all: flows and stocks are indexed by it."""
        write_geography(self._draft, geography)
        self._geography = geography

    def write_former(self, former: Mapping[str, FormerCommune]) -> None:
        """Codes that are communes no more: people still have lists of them."""
        write_former(self._draft, former)

    def write_catalog(self, catalog: Catalog) -> None:
        """Keeps the cards that are not the package's, so that the edition explains itself."""
        write_cards(self._draft, catalog)

    def write_flow(self, cells: FlowCells) -> None:
        """Cells of one flow and year, once each. ValueError if they break their promise."""
        write_flow(self._draft, self.geography, cells)
        self._facts["flows"].append([cells.meta.flow, cells.meta.year])

    def write_level_flow(self, values: LevelFlow) -> None:
        """One flow, year and level, once each: what a file gives between units of a mesh only."""
        write_level_flow(self._draft, self.geography, values)
        self._facts["level_flows"].append([values.meta.flow, values.meta.year, values.level])

    def write_stock(self, values: StockValues) -> None:
        """One stock, year and level, once each."""
        write_stock(self._draft, self.geography, values)
        self._facts["stocks"].append([values.stock, values.year, values.level])

    def write_grants(self, values: GrantList) -> None:
        """The grants of one year, once each."""
        write_grants(self._draft, values)
        self._facts["grants"].append(values.year)

    def write_geometry(self, shapes: LevelShapes) -> None:
        """Contours of one level, once each."""
        write_shapes(self._draft, shapes)
        self._facts["geometry"].append(shapes.level)

    def write_report(self, report: object) -> None:
        """The account of the build, any JSON value. No date nor duration: it is hashed."""
        self._draft.json("report.json", report)

    @property
    def geography(self) -> Geography:
        if self._geography is None:
            raise ValueError("write_geography comes first")
        return self._geography

    def publish(self) -> str:
        """Makes the edition current and returns its id, the hash of all it holds."""
        shutil.rmtree(self._draft.path / "tmp", ignore_errors=True)
        manifest = self._manifest()
        id = _content_id(manifest)
        self._draft.json(MANIFEST, manifest | {"id": id})
        self._draft.sync()
        home = self._editions / id
        if not home.exists():
            self._draft.path.rename(home)
            sync_folder(self._editions)
        replace_text(self._editions / CURRENT, f"{id}\n")
        return id

    def _manifest(self) -> dict[str, Any]:
        geography = self.geography
        return {
            "schema": SCHEMA,
            "cog": geography.cog,
            "epci_year": next((m.year for m in geography.meshes if m.level == "epci"), None),
            "fictional": geography.fictional,
            **{kind: sorted(facts) for kind, facts in self._facts.items()},
            "files": {name: asdict(mark) for name, mark in sorted(self._draft.marks.items())},
        }


def _content_id(manifest: dict[str, Any]) -> str:
    text = json.dumps(manifest, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
