"""Contours of communes and of larger units, and where communes truly are.

Cards of layout ``contours`` tell the column (or property) of the ``code``, the ``level``, the
``crs`` (EPSG) and, with ``true_positions: "yes"``, that overseas units stand where they are.
"""

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import shapely

from maillage.catalog.cards import SourceCard
from maillage.catalog.load import Catalog
from maillage.common.errors import InputError
from maillage.common.files import files_under
from maillage.sources.matching import columns_of, is_named, vintage_of
from maillage.sources.opening import Entry, Format, Header, open_bytes, read_header
from maillage.territory.geography import FloatArray
from maillage.territory.insets import DEGREES, project

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Contours:
    """Contours read from one file: codes, and shapely polygons in EPSG ``crs``."""

    file: str
    card: SourceCard
    year: int
    codes: tuple[str, ...]
    shapes: Shapes

    @property
    def level(self) -> str:
        return self.card.constants["level"]

    @property
    def crs(self) -> int:
        return int(self.card.constants["crs"])

    @property
    def true_positions(self) -> bool:
        return self.card.constants.get("true_positions") == "yes"

    def centres(self, crs: int) -> FloatArray:
        """Centroids (n, 2), taken in the file's own system then projected."""
        points = shapely.get_coordinates(shapely.centroid(self.shapes))
        return points if crs == self.crs else project(points, self.crs, crs)

    def in_degrees(self) -> Shapes:
        if self.crs == DEGREES:
            return self.shapes
        crs = self.crs
        moved = shapely.transform(self.shapes, lambda points: project(points, crs, DEGREES))
        return np.asarray(moved)


def read_contours(
    mirror: Path, catalog: Catalog, progress: Callable[[str], None]
) -> tuple[list[Contours], list[str]]:
    """Every contour file of a mirror, in path order, and the reasons of those refused."""
    cards = [card for card in catalog.sources.values() if card.layout == "contours"]
    found, refused = [], []
    for path in files_under(mirror):
        if path.suffix.lower() not in (".parquet", ".geojson"):
            continue
        try:
            entry = Entry(path, path.relative_to(mirror).as_posix())
            card = _card_of(entry, cards)
            if card is not None:
                progress(entry.name)
                found.append(_read(entry, card))
        except InputError as error:
            refused.append(str(error))
    return found, refused


def _card_of(entry: Entry, cards: Sequence[SourceCard]) -> SourceCard | None:
    """By columns for Parquet; by name for GeoJSON, whose properties are known once read."""
    if entry.format is Format.PARQUET:
        header = read_header(entry).columns
        fits = [card for card in cards if len(columns_of(card, header)) == len(card.columns)]
    else:
        geojson = entry.name.lower().endswith(".geojson")
        fits = [card for card in cards if geojson and is_named(card, entry)]
    return max(fits, key=lambda card: is_named(card, entry)) if fits else None


def _read(entry: Entry, card: SourceCard) -> Contours:
    with open_bytes(entry) as stream:
        content = stream.read()
    try:
        read = _parquet if entry.format is Format.PARQUET else _geojson
        codes, shapes = read(content, card)
    except (ValueError, KeyError, TypeError, shapely.GEOSException) as error:
        raise InputError(
            problem=f"contours illisibles ({error}).",
            remedy="téléchargez de nouveau le fichier.",
            file=entry.name,
        ) from error
    year, _ = vintage_of(card.vintage, entry, Header(()))
    return Contours(entry.name, card, year or 0, codes, shapes)


def _parquet(content: bytes, card: SourceCard) -> tuple[tuple[str, ...], Shapes]:
    table = pq.ParquetFile(io.BytesIO(content)).read()
    columns = columns_of(card, table.column_names)
    codes = tuple(table[columns["code"]].to_pylist())
    return codes, np.asarray(shapely.from_wkb(table[columns["geometry"]].to_numpy()))


def _geojson(content: bytes, card: SourceCard) -> tuple[tuple[str, ...], Shapes]:
    features = json.loads(content)["features"]
    columns = columns_of(card, features[0]["properties"])
    codes = tuple(str(feature["properties"][columns["code"]]) for feature in features)
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    return codes, np.array(shapes, dtype=object)
