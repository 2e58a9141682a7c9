"""Files as responses: a name that says what they hold, never taken for a page."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from maillage.documents.formats import Format
from maillage.documents.tables.values import Fact


def file_response(data: bytes, stem: str, format: Format) -> HttpResponse:
    """To be kept on the reader’s disk."""
    response = HttpResponse(data, content_type=format.mime)
    name_file(response, f"{stem}{format.suffix}")
    if format.packed:
        response["Content-Encoding"] = "identity"  # nothing is gained by zipping it again
    return response


def name_file(response: HttpResponse, name: str) -> None:
    """``name`` is in ASCII, as ``tables.names.stem`` makes it."""
    response["Content-Disposition"] = f'attachment; filename="{quote(name, safe="+._-")}"'


def permalink(request: HttpRequest) -> Fact:
    """The page a file was taken from, as it stood."""
    page = request.path.rpartition("/")[0] + "/"
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    address = request.build_absolute_uri(page + query)
    return Fact("page", "Page d’origine", address, repeated=True)
