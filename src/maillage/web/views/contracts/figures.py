"""Figures of the observatory that the writer takes into the state of play of a contract."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from maillage.common.errors import InputError
from maillage.common.french import long_date
from maillage.contracts.actions.contracts import edit_contract
from maillage.engine.edition import Edition
from maillage.observatory.portrait import portrait
from maillage.territory.perimeter import parse_perimeter
from maillage.web.forms.contracts import FiguresForm
from maillage.web.viewers import now, signed_in, viewer
from maillage.web.views.contracts.acts import Asked, ask, contract_for, page_of
from maillage.wording.panels import FIRST
from maillage.wording.portrait import Told, portrait_text

LEAD = (
    "Chaque phrase cochée rejoint la fin de l’état des lieux avec sa source, son millésime, son "
    "périmètre et la date où vous l’avez relevée. Elle y reste telle quelle quand les chiffres "
    "changent ; vous pouvez ensuite la déplacer ou la retirer."
)


@signed_in
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Sentences of the perimeter’s portrait; those taken already are not offered again."""
    contract, _ = contract_for(request, slug, "contract.edit")
    if not contract.territory:
        raise InputError(
            problem="ce contrat n’a pas encore de périmètre.", remedy="arrêtez-le d’abord."
        )
    page = reverse("territories-portrait", args=[contract.territory])
    told = _story(request.edition, contract.territory, request.build_absolute_uri(page))
    left = {one.sentence.id: one for one in told if one.sentence.text not in contract.state_of_play}
    form = FiguresForm(
        request.POST or None,
        sentences=[(id, one.sentence.text) for id, one in left.items()],
        initial={"revision": contract.revision},
    )

    def act(given: dict[str, Any]) -> None:
        noted = f"Relevé le {long_date(now().date())}."
        taken = [f"{left[id].citation} {noted}" for id in given["state_of_play"]]
        text = "\n\n".join(part for part in (contract.state_of_play.strip(), *taken) if part)
        edit_contract(
            contract=contract, revision=given["revision"], changes={"state_of_play": text},
            by=viewer(request), at=now(),
        )  # fmt: skip

    title, back = "Chiffres de l’observatoire pour l’état des lieux", page_of(contract, "#projet")
    asked = Asked(title, act, back, LEAD, button="Ajouter à l’état des lieux")
    return ask(request, contract, form, asked)


@lru_cache(maxsize=64)
def _story(edition: Edition, territory: str, address: str) -> tuple[Told, ...]:
    """None can be told of a perimeter that no family has a figure for."""
    perimeter = parse_perimeter(territory, edition.geography)
    answer = portrait(edition, perimeter, limit=FIRST)
    return portrait_text(answer, edition, perimeter, address).story
