"""The parameters of a request for features; whatever is unknown or badly written is refused."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from maillage.api.asked import MOST, PAGE
from maillage.api.ogc.collections import Collection
from maillage.api.ogc.coordinates import System, bbox, system
from maillage.api.ogc.features import Wanted
from maillage.api.opening import refuse_unknown
from maillage.common.errors import InputError
from maillage.territory.perimeter import MAX_ID_LENGTH

FORMAT = "f"
ON_FEATURES = {"bbox", "bbox-crs", "limit", "offset", "datetime"}
ON_FLOWS = {"territory", "year", "mesh", "threshold"}
FARTHEST = 10_000_000


@dataclass(frozen=True)
class Requested:
    wanted: Wanted
    system: System


def requested(query: Mapping[str, str], layer: Collection, *, one: bool) -> Requested:
    """What a request asks of a layer, or of one of its features. InputError on any fault."""
    flows = ON_FLOWS if layer.flow else set()
    refuse_unknown(query, {FORMAT, "crs", *flows, *(() if one else ON_FEATURES)})
    _only_json(query)
    window = None
    if text := query.get("bbox"):
        window = bbox(text, system(query.get("bbox-crs"), "bbox-crs"))
    wanted = Wanted(
        offset=_whole(query, "offset", 0, 0, FARTHEST),
        limit=min(_whole(query, "limit", PAGE, 1, FARTHEST), MOST),
        window=window,
        territory=_text(query, "territory", MAX_ID_LENGTH),
        year=_whole(query, "year", 0, 1900, 2100) or None,
        mesh=_text(query, "mesh", 80),
        threshold=_threshold(query),
    )
    return Requested(wanted, system(query.get("crs"), "crs"))


def _only_json(query: Mapping[str, str]) -> None:
    if query.get(FORMAT, "json") != "json":
        raise InputError(
            problem="ce format n’est pas proposé.",
            remedy="retirez « f », ou donnez f=json.",
            column=FORMAT,
            value=query[FORMAT],
        )


def _text(query: Mapping[str, str], name: str, longest: int) -> str | None:
    text = query.get(name)
    if text is not None and not 0 < len(text) <= longest:
        raise InputError(
            problem=f"un texte de 1 à {longest} caractères est attendu.",
            remedy="donnez un identifiant, ou retirez le paramètre.",
            column=name,
            value=text,
        )
    return text


def _whole(query: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    short = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not short or not least <= int(text) <= most:
        raise InputError(
            problem="ce nombre est mal écrit.",
            remedy=f"donnez un entier entre {least} et {most}.",
            column=name,
            value=text,
        )
    return int(text)


def _threshold(query: Mapping[str, str]) -> float:
    text = query.get("threshold", "0")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise InputError(
            problem="ce seuil est mal écrit.",
            remedy="donnez un nombre positif, avec un point décimal.",
            column="threshold",
            value=text,
        )
    return value
