"""An answer as a file, whatever the page: tables, layers or a picture, in the format asked."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from maillage.documents.formats import (
    MAP_FORMATS,
    PICTURE_FORMATS,
    PNG,
    TABLE_FORMATS,
    mapped,
    written,
)
from maillage.documents.geo.layers import Atlas
from maillage.documents.pictures.typeset import png
from maillage.documents.tables.values import Workbook
from maillage.web.files import file_response, permalink
from maillage.web.views.throttle import per_minute


def _limit() -> int:
    return int(settings.DOWNLOADS_PER_MINUTE)


limited = per_minute(_limit, "downloads")


def tables(request: HttpRequest, format: str, workbook: Workbook) -> HttpResponse:
    if format not in TABLE_FORMATS:
        raise Http404
    shown = TABLE_FORMATS[format]
    return file_response(written(workbook.told(permalink(request)), shown), workbook.stem, shown)


def layers(format: str, atlas: Atlas) -> HttpResponse:
    shown = MAP_FORMATS[format]
    return file_response(mapped(atlas, shown), atlas.workbook.stem, shown)


def drawn(svg: bytes, stem: str, format: str) -> HttpResponse:
    """An SVG, as it is or as dots."""
    shown = PICTURE_FORMATS[format]
    return file_response(png(svg) if shown is PNG else svg, stem, shown)
