"""Answers as JSON, under the schema published for each."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import BaseModel

from maillage.api.catalog import Cards
from maillage.api.opening import refuse_unknown
from maillage.api.paging import KEY, Paged, paging
from maillage.observatory.record import record
from maillage.web.problems import MEDIA_TYPE

Ask = Callable[..., Any]


def plain(answer: Any) -> Any:
    """Plain values of an answer, of a card, or of several cards."""
    if isinstance(answer, BaseModel):
        return answer.model_dump(mode="json")
    if isinstance(answer, Cards):
        return {"cards": [plain(card) for card in answer.cards]}
    return record(answer)


def answering(ask: Ask) -> Callable[..., HttpResponse]:
    """The view of a question: refuses the parameters it does not take, gives the answer as JSON."""
    known = set(signature(ask).parameters) - {"request"}

    @wraps(ask)
    def view(request: HttpRequest, **told: Any) -> HttpResponse:
        refuse_unknown(request.GET, known)
        answer = ask(request, **told)
        return _page(request, answer) if isinstance(answer, Paged) else _json(plain(answer))

    return view


def _page(request: HttpRequest, held: Paged) -> HttpResponse:
    """The answer and where it stands; RFC 8288 lets programs follow the link unread."""
    told = paging(request, held)
    response = _json(plain(held.answer) | {KEY: plain(told)})
    if told.next is not None:
        response["Link"] = f'<{told.next}>; rel="next"'
    return response


def _json(told: Any) -> HttpResponse:
    json_dumps_params = {"ensure_ascii": False, "allow_nan": False}
    return JsonResponse(told, json_dumps_params=json_dumps_params)


REFUSALS = {
    400: "La demande est mal formée : « remedy » dit quoi faire.",
    404: "Le millésime n’a pas ce qui est demandé.",
    429: "Trop de demandes : attendre « Retry-After » secondes.",
    503: "Aucun millésime n’est installé.",
}


def responses(name: str) -> dict[int, Any]:
    """What an address answers, for its description: the schema ``name``, or a problem."""
    return {
        200: {"description": "La réponse.", "content": _content("application/json", name)},
        304: {"description": "Rien n’a changé depuis la version connue (If-None-Match)."},
        **{
            status: {"description": said, "content": _content(MEDIA_TYPE, "Problem")}
            for status, said in REFUSALS.items()
        },
    }


def _content(kind: str, name: str) -> dict[str, Any]:
    return {kind: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
