"""How credits are split between the territories of a scope: page and files."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from maillage.common.errors import NotFoundError
from maillage.documents.formats import MAP_FORMATS
from maillage.documents.geo.credits import credits_atlas
from maillage.documents.tables.credits import credits_workbook
from maillage.engine.edition import Edition
from maillage.steering.credits.answer import CreditSplit, SplitAsked
from maillage.steering.credits.choices import (
    MESHES,
    level_of,
    levels,
    programmes,
    scope_of,
    year_of,
)
from maillage.steering.credits.question import credit_split
from maillage.web import credits_page
from maillage.web.asked_credits import AskedCredits, asked_credits
from maillage.web.files import permalink
from maillage.web.versions import of_edition
from maillage.web.views.written import layers, limited, tables


@of_edition
def credits(request: HttpRequest) -> HttpResponse:
    """A mesh that the scope is too small for gives way to its usual one."""
    edition, asked = request.edition, asked_credits(request.GET, request.edition)
    scope = scope_of(edition, asked.scope)
    if asked.level in MESHES and asked.level not in levels(edition, scope):
        query = credits_page.query(edition, asked.with_level(""))
        return redirect(reverse("credits") + query)
    answer = _answer(edition, asked)
    return render(request, "web/credits/page.html", credits_page.content(edition, asked, answer))


@of_edition
@limited
def credits_file(request: HttpRequest, format: str) -> HttpResponse:
    """Every territory of the page, received and simulated, as tables or as a layer."""
    edition, asked = request.edition, asked_credits(request.GET, request.edition)
    answer = _answer(edition, asked)
    workbook = credits_workbook(answer)
    if format in MAP_FORMATS:
        return layers(format, credits_atlas(workbook.told(permalink(request)), answer, edition))
    return tables(request, format, workbook)


def _answer(edition: Edition, asked: AskedCredits) -> CreditSplit:
    year, scope = year_of(edition, asked.year), scope_of(edition, asked.scope)
    known = {one for held in edition.grant_years() for one in programmes(edition, held)}
    if not known.issuperset(asked.programmes):
        raise NotFoundError("Aucune liste de ce millésime n’a cette dotation.")
    level = level_of(edition, scope, asked.level)
    told = SplitAsked(scope.id, level, year, asked.programmes, asked.weights)
    return credit_split(edition, replace(told, programmes=tuple(sorted(asked.programmes))))
