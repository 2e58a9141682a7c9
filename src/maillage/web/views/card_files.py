"""The method and the sources as tables."""

from django.http import HttpRequest, HttpResponse

from maillage.documents.tables.cards import indicators_list, sources_list
from maillage.web.accounts import build_account
from maillage.web.versions import of_edition
from maillage.web.views.method import FAMILIES
from maillage.web.views.sources import KINDS
from maillage.web.views.written import limited, tables


@of_edition
@limited
def method_file(request: HttpRequest, format: str) -> HttpResponse:
    return tables(request, format, indicators_list(request.edition, FAMILIES))


@of_edition
@limited
def sources_file(request: HttpRequest, format: str) -> HttpResponse:
    edition, account = request.edition, build_account(request.edition)
    years = {id: account.years(id) for id in edition.catalog.sources} if account else {}
    return tables(request, format, sources_list(edition, KINDS, years))
