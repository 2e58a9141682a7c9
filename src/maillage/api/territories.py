"""Territories: found by name, listed by mesh, identified, made of codes."""

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field

from maillage.api import asked
from maillage.api.asked import FEW, PAGE, territory_asked
from maillage.api.paging import Paged, paged
from maillage.observatory.answers.territories import Gathered, Identity
from maillage.observatory.territories import MOST_CODES, named_alike
from maillage.observatory.territories import gathered as gather
from maillage.observatory.territories import identity as identify
from maillage.observatory.territories import members as list_members
from maillage.observatory.territories import territories as list_territories

#: Answers that a search looks for.
BEST = 100


class CodesGiven(Schema):
    """The body of a request for a perimeter."""

    model_config = ConfigDict(extra="forbid")

    codes: list[str] = Field(
        min_length=1,
        max_length=MOST_CODES,
        description="Codes de communes ou identifiants de territoires.",
    )


def search(
    request: HttpRequest,
    q: asked.Searched,
    offset: asked.Offset = 0,
    limit: asked.Limit = FEW,
) -> Paged:
    """Among the best answers: beyond, names no longer look like what was sought."""
    return paged(named_alike(request.edition, q, BEST), offset, limit)


def territories(
    request: HttpRequest,
    level: asked.Level = "epci",
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    return Paged(*list_territories(request.edition, level, offset, limit), offset, limit)


def identity(request: HttpRequest, territory: asked.Territory) -> Identity:
    return identify(request.edition, territory_asked(request.edition, territory))


def members(
    request: HttpRequest,
    territory: asked.Territory,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Paged:
    perimeter = territory_asked(request.edition, territory)
    return Paged(*list_members(request.edition, perimeter, offset, limit), offset, limit)


def perimeter(request: HttpRequest, codes: asked.Codes) -> Gathered:
    return gather(request.edition, [code.strip() for code in codes.split(",")])


def posted_perimeter(request: HttpRequest, given: CodesGiven) -> Gathered:
    return gather(request.edition, given.codes)
