"""From a figure of the observatory to the operation that answers it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.accounts.actions.organisations import organisation_of_territory
from maillage.accounts.models import Organisation
from maillage.accounts.perms import Subject, can
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError
from maillage.contracts.footprints import NATURES, footprint
from maillage.contracts.models import Contract
from maillage.contracts.reading import reached_by
from maillage.engine.edition import Edition
from maillage.observatory.pair import pair
from maillage.operations.access import of_contracts, of_operation
from maillage.operations.actions.attached import note_interdependency
from maillage.operations.actions.operations import open_operation
from maillage.operations.models import Operation
from maillage.territory.perimeter import Perimeter
from maillage.web.forms.respond import RespondForm, body_choices
from maillage.web.territory import perimeter_of
from maillage.web.viewers import RefusedError, now, signed_in, viewer
from maillage.wording.kept import Kept, kept_figures

#: Capacities whose organisations carry operations.
CARRY = ("epci", "petr", "commune")
#: EPCI of the partner that are proposed as maîtres d’ouvrage, at most.
MOST = 6


@dataclass(frozen=True)
class Ground:
    """A contract where the viewer may answer, and on what their rights are judged."""

    contract: Contract
    subject: Subject
    may_open: bool
    operations: tuple[Operation, ...]


@signed_in
def respond(request: HttpRequest) -> HttpResponse:
    """Which contract first, when several may answer; then which operation."""
    edition = request.edition
    here = perimeter_of(edition, request.GET.get("territoire", ""))
    there = perimeter_of(edition, request.GET.get("partenaire", ""))
    kept = {one.about: one for one in kept_figures(pair(edition, here, there))}
    if not kept:
        raise InputError(
            problem="l’observatoire ne montre aucun échange entre ces deux territoires.",
            remedy="choisissez un autre partenaire.",
        )
    grounds = _grounds(viewer(request))
    if not grounds:
        raise RefusedError
    asked = request.GET.get("contrat", "")
    ground = grounds.get(asked) or (next(iter(grounds.values())) if len(grounds) == 1 else None)
    found = {"here": here, "there": there, "grounds": grounds.values(), "query": request.GET}
    if ground is None:
        return render(request, "web/contracts/respond_where.html", found)
    return _answer(request, ground, there, kept, found)


def _grounds(who: Viewer) -> dict[str, Ground]:
    """By slug, in the order of names; a constant number of questions to the base. Contracts where
    nothing may be written are left unread: some people read those of the whole country."""
    contracts = list(_writable(who).order_by("filed", "pk"))
    subjects = of_contracts(contracts)
    rows = Operation.objects.filter(contract__in=contracts).prefetch_related("pilots")
    by_contract: dict[int, list[Operation]] = {contract.pk: [] for contract in contracts}
    for row in rows.exclude(status__in=("dropped", "finished")):
        if can(who, "operation.edit", of_operation(row, subjects[row.contract_id])):
            by_contract[row.contract_id].append(row)
    found = {}
    for contract in contracts:
        may_open = can(who, "operation.create", subjects[contract.pk])
        operations = tuple(by_contract[contract.pk])
        if may_open or operations:
            found[contract.slug] = Ground(contract, subjects[contract.pk], may_open, operations)
    return found


def _writable(who: Viewer) -> QuerySet[Contract]:
    """Those where one of the viewer’s capacities may open a fiche or write one."""
    actions = ("operation.create", "operation.edit")
    reach = [reached_by(c, action).values("pk") for c in who.capacities for action in actions]
    return Contract.objects.filter(reduce(or_, (Q(pk__in=ids) for ids in reach), Q(pk__in=())))


def _answer(
    request: HttpRequest,
    ground: Ground,
    there: Perimeter,
    kept: Mapping[str, Kept],
    found: dict[str, Any],
) -> HttpResponse:
    parties = _bodies(ground.contract)
    newcomers = _newcomers(request.edition, there, parties, viewer(request))
    form = RespondForm(
        request.POST or None,
        kept=kept.values(),
        operations=ground.operations,
        bodies=body_choices(parties, [epci[:2] for epci in newcomers]),
        may_open=ground.may_open,
        initial=_initial(request, there, kept, parties, newcomers),
    )
    if request.method == "POST" and form.is_valid():
        made = _write(viewer(request), ground, form.cleaned_data, kept, newcomers)
        messages.success(
            request,
            "L’interdépendance est gardée. Complétez le plan de financement, puis un indicateur.",
        )
        return redirect("operations-operation", slug=ground.contract.slug, id=made.pk)
    found |= {"form": form, "contract": ground.contract, "kept": kept}
    status = 400 if form.errors else 200
    return render(request, "web/contracts/respond.html", found, status=status)


def _bodies(contract: Contract) -> list[Organisation]:
    rows = contract.parties.filter(until=None, joins_with=None, capacity__in=CARRY).select_related(
        "organisation"
    )
    return [party.organisation for party in rows]


def _newcomers(
    edition: Edition, there: Perimeter, parties: list[Organisation], who: Viewer
) -> list[tuple[str, str, str]]:
    """EPCI of the partner that are no party, for whoever may add an organisation."""
    known = {body.siren for body in parties}
    if not can(who, "organisation.edit"):
        return []
    epcis = footprint(edition.geography, there.id).epcis
    return [epci for epci in epcis if epci[0] not in known][:MOST]


def _initial(
    request: HttpRequest,
    there: Perimeter,
    kept: Mapping[str, Kept],
    parties: list[Organisation],
    newcomers: list[tuple[str, str, str]],
) -> dict[str, Any]:
    """The figure one came from; the partner is ticked when it is an EPCI."""
    asked = request.GET.get("sujet", "")
    partner = [str(body.pk) for body in parties if body.siren == there.id]
    partner += [f"siren:{epci[0]}" for epci in newcomers if epci[0] == there.id]
    return {"subject": asked if asked in kept else next(iter(kept)), "owners": partner}


@transaction.atomic
def _write(
    who: Viewer,
    ground: Ground,
    given: Mapping[str, Any],
    kept: Mapping[str, Kept],
    newcomers: list[tuple[str, str, str]],
) -> Operation:
    at = now()
    chosen = {str(row.pk): row for row in ground.operations}.get(given["operation"])
    operation = chosen or open_operation(
        contract=ground.contract,
        title=given["title"],
        owners=_owners(given["owners"], newcomers, who),
        by=who,
        at=at,
    )
    shown = {**asdict(kept[given["subject"]]), "noted_on": at.date()}
    note_interdependency(operation=operation, shown=shown, by=who, at=at)
    return operation


def _owners(
    chosen: list[str], newcomers: list[tuple[str, str, str]], who: Viewer
) -> list[Organisation]:
    known = Organisation.objects.in_bulk([int(one) for one in chosen if one.isdigit()])
    added = [
        organisation_of_territory(
            siren=siren, name=name, nature=NATURES.get(nature, "other"), by=who, at=now()
        )
        for siren, name, nature in newcomers
        if f"siren:{siren}" in chosen
    ]
    return [*(known[int(one)] for one in chosen if one.isdigit()), *added]
