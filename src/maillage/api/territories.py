"""Territories: found by name, listed by mesh, identified, made of codes."""

from django.http import HttpRequest
from ninja import Schema
from pydantic import ConfigDict, Field

from maillage.api import asked
from maillage.api.asked import PAGE, territory_asked
from maillage.observatory.answers.territories import Gathered, Identity, Territories
from maillage.observatory.territories import MOST_CODES, named_alike
from maillage.observatory.territories import gathered as gather
from maillage.observatory.territories import identity as identify
from maillage.observatory.territories import members as list_members
from maillage.observatory.territories import territories as list_territories


class CodesGiven(Schema):
    """The body of a request for a perimeter."""

    model_config = ConfigDict(extra="forbid")

    codes: list[str] = Field(
        min_length=1,
        max_length=MOST_CODES,
        description="Codes de communes ou identifiants de territoires.",
    )


def search(request: HttpRequest, q: asked.Searched, limit: asked.Limit = 10) -> Territories:
    return named_alike(request.edition, q, min(limit, PAGE))


def territories(
    request: HttpRequest,
    level: asked.Level = "epci",
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Territories:
    return list_territories(request.edition, level, offset, limit)


def identity(request: HttpRequest, territory: asked.Territory) -> Identity:
    return identify(request.edition, territory_asked(request.edition, territory))


def members(
    request: HttpRequest,
    territory: asked.Territory,
    offset: asked.Offset = 0,
    limit: asked.Limit = PAGE,
) -> Territories:
    perimeter = territory_asked(request.edition, territory)
    return list_members(request.edition, perimeter, offset, limit)


def perimeter(request: HttpRequest, codes: asked.Codes) -> Gathered:
    return gather(request.edition, [code.strip() for code in codes.split(",")])


def posted_perimeter(request: HttpRequest, given: CodesGiven) -> Gathered:
    return gather(request.edition, given.codes)
