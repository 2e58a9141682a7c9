"""The open tables of the edition: the list, one of them, all of them."""

from itertools import groupby

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from maillage.documents.vintage import (
    FOLDERS,
    OpenFile,
    open_files,
    sources_table,
    vintage_stem,
    vintage_zip,
)
from maillage.web.files import name_file
from maillage.web.versions import of_edition
from maillage.web.views.batches import limited


@of_edition
def vintage_page(request: HttpRequest) -> HttpResponse:
    files = open_files(request.edition)
    licences = sorted({str(row[4]) for row in sources_table(request.edition).rows if row[4]})
    found = {
        "groups": _groups(files),
        "total": sum(file.size for file in files),
        "stem": vintage_stem(request.edition),
        "licences": licences,
    }
    return render(request, "web/downloads/vintage.html", found)


@of_edition
def vintage_file(request: HttpRequest, name: str) -> HttpResponse | FileResponse:
    """Only what the edition lists: no other path is ever opened."""
    known = {file.name: file for file in open_files(request.edition)}
    if name not in known:
        raise Http404
    stream = (request.edition.path / name).open("rb")
    response = FileResponse(stream, content_type=_mime(name))
    name_file(response, f"maillage_{name.replace('/', '_')}")
    if name.endswith(".parquet"):
        response["Content-Encoding"] = "identity"
    return response


@of_edition
@limited
def vintage_bundle(request: HttpRequest, id: str) -> HttpResponse | StreamingHttpResponse:
    """A link to another edition is no link to this one."""
    if id != request.edition.id:
        raise Http404
    response = StreamingHttpResponse(vintage_zip(request.edition), content_type="application/zip")
    name_file(response, f"{vintage_stem(request.edition)}.zip")
    response["Content-Encoding"] = "identity"
    return response


def _mime(name: str) -> str:
    return "application/json" if name.endswith(".json") else "application/vnd.apache.parquet"


def _groups(files: tuple[OpenFile, ...]) -> list[tuple[str, list[OpenFile]]]:
    """In the order of ``FOLDERS``."""
    order = list(FOLDERS)
    ranked = sorted(files, key=lambda file: (order.index(file.folder), file.name))
    return [(FOLDERS[folder], list(found)) for folder, found in groupby(ranked, lambda f: f.folder)]
