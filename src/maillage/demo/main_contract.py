"""The main contract: co-signed, in force, its portfolio alive, an avenant in progress."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from maillage.accounts.viewers import Viewer
from maillage.common.names import of_the
from maillage.contracts.actions.avenants import open_an_avenant
from maillage.contracts.actions.decisions import record_decision
from maillage.contracts.actions.parties import add_party
from maillage.contracts.actions.perimeters import propose_perimeter
from maillage.contracts.actions.programmes import integrate_programme, reference_programme
from maillage.contracts.footprints import footprint
from maillage.contracts.models import Contract
from maillage.demo.bodies import body_of, epcis_of
from maillage.demo.calls import call_for_projects
from maillage.demo.days import Days, before, morning
from maillage.demo.governance import govern
from maillage.demo.grounds import Ground
from maillage.demo.money import fund
from maillage.demo.portfolio import Frame, Planned, open_planned, pass_gate
from maillage.demo.private_work import add_private_work, receive_proposals
from maillage.demo.tables import table
from maillage.demo.writing import (
    AGREED,
    FROZEN,
    OPENED,
    Writer,
    agree,
    copil,
    freeze,
    sign,
    start,
    take,
    write,
)
from maillage.demo.yearly import decide_maquettes
from maillage.engine.edition import Edition
from maillage.observatory.pair import pair
from maillage.operations.actions.attached import comment, note_interdependency
from maillage.territory.geography import Geography
from maillage.territory.perimeter import parse_perimeter
from maillage.wording.kept import kept_figures

PLAY = (
    "Un pays de vallées entre deux départements, aux portes d’une métropole : les actifs y partent "
    "travailler, l’eau et le bois en viennent. Chiffres et lieux inventés."
)
PROJECT = (
    "Faire du pays et de la métropole des partenaires : chacun apporte ce qui manque à l’autre."
)


def signed(ground: Ground, days: Days) -> date:
    return ground.signed_on or days.ago(5)


def open_main(ground: Ground, days: Days) -> Contract:
    day = signed(ground, days)
    return start(ground, "crte", day, before(day, OPENED), code=ground.code)


def live(
    contract: Contract,
    ground: Ground,
    writer: Writer,
    people: Mapping[str, Viewer],
    edition: Edition,
    days: Days,
) -> None:
    """From the method accord to this morning."""
    frames, portfolio = _signed(contract, ground, writer, edition.geography, days)
    for planned in portfolio:
        fund(planned, frames[planned.operation.pk])
    _note_tie(portfolio, contract, writer, edition, days)
    call_for_projects(contract, portfolio, writer, days)
    frame = frames[portfolio[0].operation.pk]
    add_private_work(portfolio, frame, people)
    for planned in portfolio:
        _make_ready(planned, frames[planned.operation.pk])
    decide_maquettes(contract, portfolio, writer, days)
    receive_proposals(contract, portfolio[-1].operation, frame)
    _amend(contract, ground, writer, edition.geography, days)
    govern(contract, writer, days)
    comment(
        operation=portfolio[0].operation,
        text="Le tronçon nord peut ouvrir avant l’été si la convention est signée ce mois-ci.",
        by=people["sub"],
        at=morning(before(days.today, 9)),
    )


def _signed(
    contract: Contract, ground: Ground, writer: Writer, geography: Geography, days: Days
) -> tuple[dict[int, Frame], list[Planned]]:
    """In force, with the operations that its text names and those that came since."""
    day, axes = signed(ground, days), table("portfolio")["axes"]
    text = {
        "lead": writer.bodies["petr"],
        "starts_on": day,
        "ends_on": days.year_end(1),
        "play": PLAY,
        "project": PROJECT,
        "axes": [(axe["title"], [one["title"] for one in axe["orientations"]]) for axe in axes],
    }
    nodes = write(contract, ground, writer, text, before(day, AGREED + 20))
    agree(contract, writer, before(day, AGREED))
    _programmes(contract, writer, day)
    take(contract, "start_drafting", writer, before(day, AGREED - 10))
    codes = _communes(geography, ground)
    frames: dict[int, Frame] = {}
    portfolio: list[Planned] = []
    late = []
    orientations = [(axe, one) for axe in axes for one in axe["orientations"]]
    for (axe, one), node in zip(orientations, nodes, strict=True):
        frame = Frame(contract, writer, days, codes, axe["ecology"], axe["indicators"])
        for place, entry in enumerate(one["operations"], start=1):
            late.append((frame, entry, f"{node.number}.{place}", node))
    # One in four came after the signature: the contract drifts from its text.
    for since in (False, True):
        for rank, (frame, entry, number, node) in enumerate(late):
            if (rank % 4 == 3) is since:
                opened = before(days.today, 300 - rank) if since else before(day, 60)
                planned = open_planned(frame, entry, number, rank, node, opened)
                portfolio.append(planned)
                frames[planned.operation.pk] = frame
        if not since:
            version = freeze(contract, writer, before(day, FROZEN))
            sign(contract, version, writer, day)
            take(contract, "enter_force", writer, day)
    return frames, portfolio


def _communes(geography: Geography, ground: Ground) -> list[str]:
    """Those of its own EPCI, in the order of their codes."""
    whole, _ = epcis_of(geography, ground)
    mesh = geography.mesh("epci")
    nodes = [n for epci in whole for n in mesh.unit_members(mesh.codes.index(epci[0]))]
    return sorted(geography.codes[node] for node in nodes)


def _programmes(contract: Contract, writer: Writer, day: date) -> None:
    for rank, programme in enumerate(("pvd", "france_services", "ti")):
        link = reference_programme(
            contract=contract, programme=programme, by=writer.lead, at=morning(before(day, 90))
        )
        if rank == 0:
            integrate_programme(
                link=link, revision=link.revision, on=day, by=writer.lead, at=morning(day)
            )


def _make_ready(planned: Planned, frame: Frame) -> None:
    starts, today = planned.starts_on, frame.days.today
    pass_gate(planned, frame, min(starts, before(today, 3)))


def _note_tie(
    portfolio: list[Planned], contract: Contract, writer: Writer, edition: Edition, days: Days
) -> None:
    """The figures of the observatory that operations with the metropole answer."""
    geography = edition.geography
    here = parse_perimeter(contract.territory, geography)
    there = parse_perimeter(writer.bodies["m"].territory, geography)
    kept = {figure.about: figure for figure in kept_figures(pair(edition, here, there))}
    day = before(days.today, 75)
    for planned in portfolio:
        figure = kept.get(planned.entry.get("tie", ""))
        if figure is not None:
            note_interdependency(
                operation=planned.operation,
                shown={**asdict(figure), "noted_on": day},
                by=writer.lead,
                at=morning(day),
            )


def _amend(
    contract: Contract, ground: Ground, writer: Writer, geography: Geography, days: Days
) -> None:
    """A neighbouring EPCI asks to join: the avenant is written, its text not frozen yet."""
    mesh, here = geography.mesh("epci"), {epci[0] for epci in ground.area.epcis}
    home = set(ground.places("departement"))
    found = (
        (code, mesh.names[unit], mesh.natures[unit])
        for unit, code in enumerate(mesh.codes)
        if code not in here and home & _departements(geography, code)
    )
    newcomer = next(found, None)
    contract.refresh_from_db()
    day = before(days.today, 30)
    title = f"Accueil {of_the(newcomer[1])}" if newcomer else "Mise à jour des opérations"
    avenant = open_an_avenant(
        contract=contract,
        title=title,
        purpose="Un EPCI demande à rejoindre le contrat ; les opérations nouvelles y entrent.",
        by=writer.lead,
        at=morning(day),
    )
    if newcomer:
        body = body_of(newcomer, writer.lead, morning(day))
        area = footprint(geography, f"{contract.territory}+{newcomer[0]}")
        propose_perimeter(
            contract=contract, revision=contract.revision, area=area, by=writer.lead,
            at=morning(day),
        )  # fmt: skip
        add_party(
            contract=contract, organisation=body, capacity="epci", by=writer.lead, at=morning(day),
        )  # fmt: skip
    record_decision(
        contract=contract,
        kind="avenant",
        authority=copil(before(day, 10), 12),
        subject=title,
        avenant=avenant,
        by=writer.lead,
        at=morning(day),
    )


def _departements(geography: Geography, siren: str) -> set[str]:
    places = footprint(geography, siren).places
    return {place.id for place in places if place.level == "departement"}
