"""A split of credits as a layer: the territories with what they received and would receive."""

from dataclasses import replace

from maillage.documents.geo.layers import PLACES, Atlas, Layer, ground, shapes_of
from maillage.documents.geo.reference import reference_at
from maillage.documents.geo.shapes import contours_of, middle_of
from maillage.documents.tables.values import Workbook
from maillage.engine.edition import Edition
from maillage.steering.credits.answer import CreditSplit
from maillage.steering.credits.choices import scope_of


def credits_atlas(workbook: Workbook, split: CreditSplit, edition: Edition) -> Atlas:
    """What has no contour is there without a shape."""
    prefix = edition.geography.mesh(split.level).prefix
    codes = [one.id.removeprefix(prefix) for one in split.territories]
    drawn = contours_of(edition, split.level, codes)
    table = replace(workbook.main, name=PLACES)
    layers = (
        ground(edition, split.level, None, drawn),
        Layer(PLACES, "MultiPolygon", table, shapes_of([drawn.get(code) for code in codes])),
    )
    scope = scope_of(edition, split.scope.id)
    return Atlas(workbook, layers, reference_at(*middle_of(edition, scope)))
