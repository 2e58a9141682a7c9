"""Contours for the map of « Mon périmètre »: a whole mesh at once, communes cell by cell."""

import json
import re
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import typeset
from maillage.drawing.layers import DrawnUnit, cell, cells, layer, towns
from maillage.drawing.plane import insets, layers, plane
from maillage.engine.edition import Edition
from maillage.territory.units import COMMUNE
from maillage.web.versions import of_edition

_CELL = re.compile(r"(\d{1,3}),(\d{1,3})")


@of_edition
def contours(request: HttpRequest) -> HttpResponse:
    """``?maille=epci``, or ``?maille=commune&case=3,2``; without a mesh, what there is to draw."""
    edition = request.edition
    level = request.GET.get("maille", "")
    if not level:
        return _json(_ground(edition))
    if level not in layers(edition):
        raise NotFoundError("aucun contour pour cette maille.")
    if level == COMMUNE:
        return _json(_cell(edition, *_asked_cell(request, edition)))
    return _json(_layer(edition, level))


def _asked_cell(request: HttpRequest, edition: Edition) -> tuple[int, int]:
    text = request.GET.get("case", "")
    match = _CELL.fullmatch(text)
    if match is None or max(int(match[1]), int(match[2])) >= cells(edition):
        raise InputError(
            problem="cette case de la carte n’existe pas.",
            remedy="donnez sa colonne et sa ligne : « case=3,2 ».",
            column="case",
            value=text,
        )
    return int(match[1]), int(match[2])


@lru_cache(maxsize=2)
def _ground(edition: Edition) -> str:
    """The plane, its grid, its insets, the meshes one may choose from, the names to write."""
    ground = plane(edition)
    if ground is None:
        return _written({"layers": []})
    return _written(
        {
            "width": ground.width,
            "height": ground.height,
            "cells": cells(edition),
            "layers": [[level, _several(edition, level)] for level in layers(edition)],
            "insets": [
                [one.name, *map(round, (one.x, one.y, one.width, one.height))]
                for one in insets(edition)
            ],
            "towns": [[typeset(town.name), *town.point] for town in towns(edition)],
        }
    )


def _several(edition: Edition, level: str) -> str:
    """« Intercommunalités »."""
    plurals = edition.catalog.nomenclatures.get("level_plurals")
    name = level if plurals is None else plurals.codes.get(level, level)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=8)
def _layer(edition: Edition, level: str) -> str:
    return _written({"units": [_unit(unit) for unit in layer(edition, level)]})


@lru_cache(maxsize=256)
def _cell(edition: Edition, column: int, row: int) -> str:
    return _written({"units": [_unit(unit) for unit in cell(edition, column, row)]})


def _unit(unit: DrawnUnit) -> list[Any]:
    people = None if unit.population is None else round(unit.population)
    name = typeset(unit.name)
    return [unit.id, name, unit.communes, people, *unit.point, *unit.box, unit.path]


def _written(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _json(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json; charset=utf-8")
