"""Pages of a contract’s operations: who sees what, what each form does, at a constant cost."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.operations import world

from maillage.accounts.actions.memberships import grant
from maillage.accounts.models import Person
from maillage.accounts.triggers import KEPT, unlock
from maillage.contracts.actions.programmes import reference_programme
from maillage.contracts.models import Contract
from maillage.operations.actions.dues import draw_dues
from maillage.operations.actions.funding import pay
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.actions.proposals import make_proposal_link
from maillage.operations.models import FundingLine, Operation, Proposal, SavedView
from maillage.web.viewers import now
from maillage.web.views.operations.funders import REQUESTS_PER_PAGE
from maillage.web.views.operations.tasks import CONTRACTS_PER_PAGE

pytestmark = pytest.mark.django_db
#: Whatever the day these tests are run.
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ROLES_BY_PLACE = {"local_agent", "elected", "departement", "region", "prefecture", "sgar", "anct"}


@pytest.fixture
def contract(site, settings, tmp_path, monkeypatch):
    """In force, on a day of its term."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path
    return world.contract()


@pytest.fixture
def epci():
    return world.organisation("CC du Pays d’Ancenis")


def signed_in(role, contract, body):
    """A browser where somebody of that role has signed in."""
    who = Person.objects.create(email=f"{role}-{body.pk}@example.org", name=f"Camille {role}")
    over = {"territory": "44"} if role in ROLES_BY_PLACE else {"contract_id": contract.pk}
    grant(
        person=who,
        organisation=body,
        role=role,
        by=None,
        at=world.AT,
        since=date(2026, 1, 1),
        **over,
    )
    client = Client()
    client.force_login(who)
    client.person = who
    return client


@pytest.fixture
def lead(contract, epci):
    return signed_in("project_lead", contract, epci)


def url(contract, part=""):
    return f"/contrats/{contract.slug}/operations/{part}"


def text(response):
    """What people read, with plain spaces."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


PAGES = ("", "tableau/", "carte/", "calendrier/", "nouvelle/", "propositions/")


@pytest.mark.parametrize("part", PAGES)
def test_empty_pages_help(lead, contract, part):
    page = lead.get(url(contract, part))
    assert page.status_code == 200
    if part in {"", "tableau/"}:
        assert "Le portefeuille est vide" in text(page)


def test_every_page_of_a_full_operation(lead, contract, epci):
    made = world.operation(contract, "Voie verte", (epci,), number="1.1", communes=["01001"])
    world.complete(made, world.orientation(contract))
    world.line(made, "detr", 1_000_000)
    for part in (*PAGES, f"{made.pk}/", f"{made.pk}/modifier/"):
        assert lead.get(url(contract, part)).status_code == 200, part
    page = text(lead.get(url(contract, f"{made.pk}/")))
    assert "1 000 000" in page
    assert "commission d’élus" in page
    assert "à vérifier" in page or "CGCT" in page


@pytest.mark.parametrize("part", ["", "tableau/", "calendrier/"])
def test_lists_cost_the_same_for_one_operation_and_sixty(lead, contract, epci, part):
    def add(count):
        for n in range(count):
            made = world.operation(contract, f"Opération {n}", (epci,), number=f"1.{n}")
            world.line(made, "detr", 400)
            world.line(made, "region", 600)

    costs = []
    for more in (1, 59):
        add(more)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert lead.get(url(contract, part)).status_code == 200
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] < 25


def asked_of_the_base(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_every_page_costs_the_same_for_one_contract_and_twenty(lead, contract, epci):
    """Of one operation in one contract, of sixty in twenty: the same questions to the base."""
    ademe = world.organisation("ADEME", "operator")
    readers = {
        "/contrats/": signed_in("anct", contract, epci),
        "/contrats/?tous=1": lead,
        f"/contrats/{contract.slug}/": lead,
        url(contract): lead,
        url(contract, "tableau/"): lead,
        url(contract, "calendrier/"): lead,
        url(contract, "carte/"): lead,
        f"/contrats/{contract.slug}/maquette/": lead,
        "/financeur/": signed_in("funder", contract, ademe),
        "/a-faire/": signed_in("prefecture", contract, world.organisation("Préf.", "state")),
    }

    def fill(of, count):
        for n in range(count):
            made = world.operation(
                of, f"Opération {n}", (epci,), number=f"1.{n}", investment_cost=Decimal(9)
            )
            world.line(made, "detr", 400)
            line = world.line(made, "ademe", 600, funder_id=ademe.pk)
            pay(line=line, amount=Decimal(1), day=world.TODAY, by=None, at=world.AT)
            answered = {"notified": Decimal(5), "notified_on": world.TODAY}
            world.line(made, "ademe", 7, funder_id=ademe.pk, **answered)

    def drawn():
        """What waits is drawn by the first page that shows it, or by night."""
        draw_dues(contracts=Contract.objects.all(), today=now().date(), at=now())

    fill(contract, 1)
    drawn()
    alone = {page: asked_of_the_base(client, page) for page, client in readers.items()}
    fill(contract, 40)
    for n in range(19):
        fill(world.contract(f"autre-{n}", f"Autre {n}"), 1)
    drawn()
    assert alone == {page: asked_of_the_base(client, page) for page, client in readers.items()}
    assert max(alone.values()) < 60


def test_a_funder_reads_page_by_page(contract, epci):
    ademe = world.organisation("ADEME", "operator")
    funder = signed_in("funder", contract, ademe)
    made = world.operation(contract, "Halte", (epci,))
    for n in range(REQUESTS_PER_PAGE + 1):
        world.line(made, "ademe", 1000, funder_id=ademe.pk, file_number=f"N{n:03}")
    first, second = (funder.get(f"/financeur/?page={n}") for n in (1, 2))
    assert f"{1000 * (REQUESTS_PER_PAGE + 1):,} €".replace(",", " ") in text(first)
    assert "Page 1 sur 2" in text(first)
    assert "N000" in text(first)
    assert f"N{REQUESTS_PER_PAGE:03}" not in text(first)
    assert f"N{REQUESTS_PER_PAGE:03}" in text(second)
    assert 'href="?page=2"' in first.content.decode()


def test_a_funder_chooses_among_contracts(contract, epci):
    ademe = world.organisation("ADEME", "operator")
    funder = signed_in("funder", contract, ademe)
    funder.person.memberships.update(contract_id=None, territory="pays")
    other = world.contract("val-de-zorn", "Val de Zorn")
    for of, title in ((contract, "Halte"), (other, "Piscine")):
        for n in range(REQUESTS_PER_PAGE // 2 + 1):
            made = world.operation(of, f"{title} {n}", (epci,), number=f"{n:03}")
            world.line(made, "ademe", 1000, funder_id=ademe.pk)
    every, one = (
        text(funder.get("/financeur/?page=2")),
        text(funder.get("/financeur/?contrat=val-de-zorn")),
    )
    assert "62 demandes" in every
    assert re.findall(r"(Halte|Piscine) (\d+)", every) == [("Piscine", "29"), ("Piscine", "30")]
    assert "31 demandes" in one
    assert "Halte" not in one
    assert "Val de Zorn seulement" in one
    assert "31 demandes" in text(funder.get("/financeur/?q=zorn"))


def test_what_waits_over_many_contracts_is_counted_then_told(contract, epci):
    """Page by page, contract by contract; each count leads to what it counts."""
    state = signed_in("prefecture", contract, world.organisation("Préf.", "state"))
    day = now().date()
    for n in range(CONTRACTS_PER_PAGE + 1):
        made = world.contract(f"c-{n:02}", f"Contrat {n:02}")
        for rank in range(6):
            world.operation(
                made, f"Halte {n}.{rank}", (epci,), next_step="Copil",
                next_step_on=day + timedelta(days=rank - n - 1),
            )  # fmt: skip
    shown = state.get("/a-faire/")
    assert "contrats ont changé depuis le dernier calcul" in text(shown)
    draw_dues(contracts=Contract.objects.all(), today=day, at=now())
    shown = state.get("/a-faire/")
    assert "dernier calcul" not in text(shown)
    assert "21 contrats, page 1 sur 2" in text(shown)
    assert text(shown).index("Contrat 20") < text(shown).index("Contrat 19")
    late = sum(rank < n + 1 for n in range(CONTRACTS_PER_PAGE + 1) for rank in range(6))
    assert f"{late} prochaine étape, en retard" in text(shown)
    assert "Contrat 00" in text(state.get("/a-faire/?page=2"))
    one = text(state.get("/a-faire/?contrat=c-03&echeance=30-jours"))
    assert re.findall(r"Halte 3\.\d", one) == ["Halte 3.4", "Halte 3.5"]
    assert "Rien ne répond à ces choix" in text(state.get("/a-faire/?q=nulle+part"))
    assert state.get("/a-faire/?nature=autre").status_code == 400


def test_the_portfolio_is_closed_to_passers_by(contract, lead):
    world.operation(contract, "Secrète")
    assert Client().get(url(contract)).status_code == 302
    contract.published_on = date(2026, 1, 1)
    contract.save()
    assert Client().get(url(contract)).status_code == 302
    other = world.contract("ailleurs", "Ailleurs")
    assert lead.get(url(other)).status_code == 404


def test_privacy_goes_both_ways(contract, epci):
    made = world.operation(contract, "Voie verte", (epci,), investment_cost=Decimal(999_999))
    world.line(made, "detr", 111_111, kind="draft", file_number="BROUILLON-1")
    world.line(made, "dsil", 222_222, kind="simulation", file_number="ESSAI-2")
    world.line(made, "region", 333_333)
    sees = {
        "project_lead": (True, False, True),
        "local_agent": (True, False, True),
        "region": (False, False, True),
        "departement": (False, False, True),
        "prefecture": (False, True, True),
        "sgar": (False, True, False),
        "anct": (False, False, False),
    }
    for role, seen in sees.items():
        body = world.organisation(f"Corps {role}", "other")
        world.party(contract, body)
        client = signed_in(role, contract, body)
        for part in ("", f"{made.pk}/", "tableau/"):
            page = client.get(url(contract, part)).content.decode().replace("\u202f", "")
            for amount, mark, shown in zip(
                ("111111", "222222", "333333"), ("BROUILLON-1", "ESSAI-2", ""), seen, strict=True
            ):
                if not shown:
                    assert amount not in page, (role, part, amount)
                    assert not mark or mark not in page
                elif part == f"{made.pk}/":
                    assert amount in page, (role, amount)
        simulated = FundingLine.objects.get(kind="simulation")
        reached = client.get(url(contract, f"{made.pk}/financement/{simulated.pk}/")).status_code
        assert (reached == 200) is seen[1], role


def form_of(operation, **changes):
    """What the edit form sends when nothing else is touched."""
    given = {
        "title": operation.title,
        "phase": operation.phase,
        "status": operation.status,
        "priority": operation.priority,
        "maturity": operation.maturity,
        "tax": "ht",
        "revision": operation.revision,
    }
    return given | changes


def test_a_fiche_is_opened_then_written(lead, contract, epci):
    made = lead.post(url(contract, "nouvelle/"), form_of(Operation(title="Halte")))
    operation = Operation.objects.get()
    assert made.url == url(contract, f"{operation.pk}/")
    sent = form_of(operation, investment_cost="150 k€", communes="44003 44213")
    lead.post(url(contract, f"{operation.pk}/modifier/"), sent)
    operation.refresh_from_db()
    assert operation.investment_cost == 150_000
    assert operation.communes == ["44003", "44213"]
    wrong = lead.post(
        url(contract, f"{operation.pk}/modifier/"),
        form_of(operation, investment_cost="cher", communes="nantes"),
    )
    assert wrong.status_code == 400
    assert "150 k€" in text(wrong)
    blocked = lead.post(
        url(contract, f"{operation.pk}/modifier/"), form_of(operation, status="blocked")
    )
    assert "dit pourquoi" in text(blocked)


def test_a_conflict_shows_both_and_loses_nothing(lead, contract):
    operation = world.operation(contract, "Halte")
    opened = form_of(operation)
    lead.post(url(contract, f"{operation.pk}/modifier/"), form_of(operation, title="La première"))
    page = lead.post(url(contract, f"{operation.pk}/modifier/"), opened | {"title": "La seconde"})
    assert page.status_code == 409
    assert "La première" in text(page)
    assert "La seconde" in text(page)
    assert Operation.objects.get().title == "La première"
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.content.decode()))
    assert lead.post(url(contract, f"{operation.pk}/modifier/"), fields).status_code == 302
    assert Operation.objects.get().title == "La seconde"


def test_the_gate_answers_409_with_everything_missing(lead, contract):
    operation = world.operation(contract, "Halte")
    page = lead.post(url(contract, f"{operation.pk}/prete/"), {"revision": 0})
    assert page.status_code == 409
    assert "11 éléments" in text(page)
    for said in ("maître d’ouvrage", "cotech", "trois questions", "Équilibrez"):
        assert said in text(page)


def test_several_are_changed_at_once(lead, contract):
    made = [world.operation(contract, f"O {n}") for n in range(3)]
    ticked = [f"{made[0].pk}:0", f"{made[1].pk}:0"]
    sent = {"operation": ticked, "status": "late", "priority": ""}
    assert lead.post(url(contract, "modifier/"), sent, follow=True).status_code == 200
    assert list(Operation.objects.order_by("id").values_list("status", flat=True)) == [
        "late",
        "late",
        "on_track",
    ]
    given = {"next_step": "Réunir les maires", "referent": "Anne", "outside": "yes"}
    lead.post(url(contract, "modifier/"), given | {"operation": f"{made[2].pk}:0"})
    made[2].refresh_from_db()
    assert (made[2].next_step, made[2].referent) == ("Réunir les maires", "Anne")
    assert made[2].outside
    for wrong in ({"status": "ended"}, {"next_step_on": "demain"}, {"status": "blocked"}, {}):
        refused = lead.post(url(contract, "modifier/"), wrong | {"operation": f"{made[2].pk}:1"})
        assert refused.status_code == 400


def test_several_that_others_changed_are_shown_side_by_side(lead, contract):
    """Nothing is written; sent again over what is stored now, it is."""
    day = date(2026, 9, 1)
    made = [world.operation(contract, f"O {n}", next_step="Étude", next_step_on=day)
            for n in range(3)]  # fmt: skip
    ticked = [f"{one.pk}:0" for one in made[:2]]
    sent = {"operation": ticked, "status": "late", "next_step": "Travaux"}
    lead.post(url(contract, "modifier/"), {"operation": f"{made[1].pk}:0", "status": "paused"})
    page = lead.post(url(contract, "modifier/"), sent)
    assert page.status_code == 409
    assert "O 1, statut En pause En retard" in text(page)
    assert "O 1, prochaine étape Étude Travaux" in text(page)
    assert "O 0, statut" not in text(page)
    assert Operation.objects.filter(status="late").count() == 0
    again = re.findall(r'name="(\w+)" value="([^"]*)"', page.content.decode())
    typed = {name: [value for one, value in again if one == name] for name, _ in again}
    assert lead.post(url(contract, "modifier/"), typed).status_code == 302
    kept = Operation.objects.filter(status="late", next_step="Travaux", next_step_on=None)
    assert set(kept) == set(made[:2])


def test_an_operation_names_the_programmes_it_belongs_to(lead, contract, epci):
    """Those that its contract references; the list is filtered by them, the fiche says them."""
    who = world.viewer("project_lead", contract, epci)
    for programme in ("pvd", "ti"):
        reference_programme(contract=contract, programme=programme, by=who, at=now())
    made, other = (world.operation(contract, title, (epci,)) for title in ("Halle", "Bac"))
    address = url(contract, f"{made.pk}/modifier/")
    assert "Action cœur de ville" not in text(lead.get(address))
    sent = form_of(made, programmes=["Petites villes de demain"])
    assert lead.post(address, sent).status_code == 302
    refused = form_of(made, programmes=["Action cœur de ville"], revision=1)
    assert lead.post(address, refused).status_code == 400
    page = text(lead.get(url(contract, f"{made.pk}/")))
    assert "Petites villes de demain" in page
    kept = text(lead.get(url(contract, "?programme=Petites villes de demain")))
    assert "1 opération sur ces filtres" in kept
    assert other.title not in kept
    paper = lead.get(url(contract, f"{made.pk}/fiche.docx"))
    body = b"".join(paper.streaming_content) if paper.streaming else paper.content
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert "Petites villes de demain" in archive.read("word/document.xml").decode()


def test_filters_are_kept_and_found_again(lead, contract):
    world.operation(contract, "À l’heure")
    world.operation(contract, "Tardive", status="late")
    page = text(lead.get(url(contract, "?statut=late")))
    assert "Tardive" in page
    assert "À l’heure" not in page
    lead.post(url(contract, "filtres/?statut=late"), {"name": "Retards"})
    assert SavedView.objects.get().query == "statut=late"
    assert "Retards" in text(lead.get(url(contract)))
    assert lead.get(url(contract, "?statut=nimporte")).status_code == 400


def test_a_line_lives_from_draft_to_payment(lead, contract, epci):
    made = world.operation(contract, "Halte", (epci,), investment_cost=Decimal(100))
    base = url(contract, f"{made.pk}/financement/")
    sent = {"source": "region", "section": "investment", "tax": "ht", "asked": "80"}
    assert lead.post(f"{base}ajouter/brouillon/", sent).status_code == 302
    line = FundingLine.objects.get()
    assert (line.kind, line.asked, line.level) == ("draft", 80, "parties")
    for revision in ("", "hier", "²"):
        refused = lead.post(f"{base}{line.pk}/envoyer/", {"revision": revision})
        assert refused.status_code == 400
    lead.post(f"{base}{line.pk}/envoyer/", {"revision": line.revision})
    line.refresh_from_db()
    assert line.kind == "programme"
    lead.post(f"{base}{line.pk}/versements/", {"amount": "30", "paid_on": "2026-03-01"})
    years = {"committed-2026": "80", "payable-2027": "80", "revision": line.revision}
    lead.post(f"{base}{line.pk}/annees/", years)
    assert line.paid_total == 30
    assert [item.year for item in line.years.all()] == [2026, 2027]
    assert lead.get(f"{base}{line.pk}/").status_code == 200
    assert lead.post(f"{base}ajouter/simulation/", sent).status_code == 403


def test_what_follows_a_bad_line_says_what_is_missing(lead, contract, epci):
    made = world.operation(contract, "Halte", (epci,), investment_cost=Decimal(100_000))
    world.line(made, "own_funds", 19_990)
    world.line(made, "region", 80_010)
    page = text(lead.get(url(contract, f"{made.pk}/")))
    assert "il manque 10 €" in page
    assert "19,99 %" in page
    lead.post(
        url(contract, f"{made.pk}/derogations/"),
        {
            "revision": made.revision,
            "rule": "owner_share",
            "act": "Arrêté n° 12",
            "author": "Préfet",
            "granted_on": "2026-02-01",
        },
    )
    assert "Arrêté n° 12" in text(lead.get(url(contract, f"{made.pk}/")))


def test_pieces_are_given_to_those_who_may_read_them(lead, contract, epci):
    made = world.operation(contract, "Halte", (epci,))
    pdf = SimpleUploadedFile("Plan d’ensemble.pdf", b"%PDF-1.7")
    lead.post(url(contract, f"{made.pk}/pieces/"), {"file": pdf})
    address = url(contract, f"{made.pk}/pieces/{made.attachments.get().pk}/")
    got = lead.get(address)
    assert b"".join(got.streaming_content) == b"%PDF-1.7"
    assert "attachment" in got["Content-Disposition"]
    assert got["X-Content-Type-Options"] == "nosniff"
    partner = signed_in("partner", contract, world.organisation("Les Amis", "association"))
    assert partner.get(address).status_code == 403
    assert Client().get(address).status_code == 302
    wrong = SimpleUploadedFile("plan.pdf", b"<script>")
    assert lead.post(url(contract, f"{made.pk}/pieces/"), {"file": wrong}).status_code == 400


def test_what_hangs_on_an_operation(lead, contract):
    made = world.operation(contract, "Halte")
    lead.post(url(contract, f"{made.pk}/commenter/"), {"text": "Le terrain est à nous."})
    lead.post(
        url(contract, f"{made.pk}/indicateurs/"),
        {"name": "Voyageurs par jour", "question": "results", "target": "300"},
    )
    ticked = {"cell": ["resilience:mobility", "faux:faux"], "revision": made.revision}
    lead.post(url(contract, f"{made.pk}/grille/"), ticked)
    page = text(lead.get(url(contract, f"{made.pk}/")))
    for said in ("Le terrain est à nous.", "Voyageurs par jour", "1 case cochée", "a commenté"):
        assert said in page


def test_the_maquette_closes_is_frozen_and_compared(lead, contract, epci):
    made = world.operation(contract, "Halte", (epci,), number="1.1")
    line = world.line(made, "region", 900)
    world.line(made, "dsil", 77_777, kind="draft")
    base = f"/contrats/{contract.slug}/maquette/"
    for query in ("", "?par=owner", "?par=orientation&vue=payable", "?par=status"):
        page = lead.get(base + query)
        assert page.status_code == 200
        assert "900" in text(page)
        assert "77 777" not in text(page)
    assert lead.get(f"{base}?par=autre").status_code == 400
    given = {"year": 2026, "decided_on": "2026-05-01", "instance": "copil", "reference": "CR"}
    frozen = lead.post(f"{base}arreter/", given)
    assert frozen.url == f"{base}2026/1/"
    lead.post(
        url(contract, f"{made.pk}/financement/{line.pk}/"),
        {
            "source": "region",
            "section": "investment",
            "tax": "ht",
            "level": "parties",
            "asked": "1 500",
            "revision": 0,
        },
    )
    page = text(lead.get(frozen.url))
    assert "arrêtée le 1er mai 2026" in page
    assert "900" in page
    assert "1 500" not in page
    differ = text(lead.get(f"{base}comparer/?avant=2026-1&apres=actuelle"))
    assert "+600 €" in differ
    assert lead.get(f"{frozen.url}maquette.json")["X-Content-SHA256"]
    assert lead.get(f"{base}2026/9/").status_code == 404
    sgar = signed_in("sgar", contract, world.organisation("SGAR", "state"))
    assert sgar.get(frozen.url).status_code == 403
    assert "aucun total" in text(sgar.get(base)) or "pas encore de ligne" in text(sgar.get(base))


def test_a_frozen_maquette_that_was_tampered_with_is_told(lead, contract, epci):
    world.line(world.operation(contract, "Halte", (epci,)), "region", 900)
    who = world.viewer("project_lead", contract, epci)
    made = freeze_maquette(
        contract=contract,
        year=2026,
        decided_on=world.TODAY,
        instance="copil",
        reference="CR",
        by=who,
        at=world.AT,
    )
    unlock("default", KEPT["operations_maquette"])  # as whoever holds the base could
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE operations_maquette SET text = %s WHERE id = %s",
            [made.text.replace("900", "901"), made.pk],
        )
    page = text(lead.get(f"/contrats/{contract.slug}/maquette/2026/1/"))
    assert "ne répond plus à son empreinte" in page


def test_a_funder_answers_in_place(contract, epci, settings):
    ademe = world.organisation("ADEME", "operator")
    funder = signed_in("funder", contract, ademe)
    made = world.operation(contract, "Halte", (epci,))
    line = world.line(made, "ademe", 5_000, funder_id=ademe.pk)
    other = world.line(made, "region", 6_000)
    page = text(funder.get("/financeur/"))
    assert "5 000 €" in page
    assert "6 000" not in page
    sent = {
        "answer": "notify",
        "amount": "4 000",
        "reference": "Décision 7",
        "revision": 0,
        "acted_on": world.TODAY.isoformat(),
    }
    assert funder.post(f"/financeur/{other.pk}/", sent).status_code == 404
    assert funder.post(f"/financeur/{line.pk}/", sent).status_code == 302
    line.refresh_from_db()
    assert (line.notified, line.order) == (4_000, "Décision 7")
    assert "Notifiée" in text(funder.get("/financeur/"))
    assert Client().get("/financeur/").status_code == 302
    sent |= {"revision": "1", "act": "correct", "answer": "refuse", "reference": "Lettre 4"}
    assert funder.post(f"/financeur/{line.pk}/", sent).status_code == 302
    assert "Refusée" in text(funder.get("/financeur/"))
    line.refresh_from_db()
    assert line.notified is None
    late = sent | {"revision": "2", "acted_on": "2999-01-01"}
    assert funder.post(f"/financeur/{line.pk}/", late).status_code == 400


def test_a_payment_is_put_right_where_it_was_typed(contract, epci):
    lead = signed_in("project_lead", contract, epci)
    line = world.line(world.operation(contract, "Halle", (epci,)), "region", 100)
    held = pay(line=line, amount=Decimal(50), day=world.TODAY, by=None, at=world.AT)
    place = f"/contrats/{contract.slug}/operations/{line.operation_id}/financement/{line.pk}/"
    assert "Corriger ou retirer" in text(lead.get(place))
    sent = {"revision": line.revision, "amount": "40", "paid_on": world.TODAY.isoformat()}
    address = f"{place}versements/{held.pk}/"
    assert lead.post(address, sent).status_code == 400  # without a reason
    assert lead.post(address, sent | {"reason": "Erreur"}).status_code == 302
    assert line.paid_total == 40
    gone = {"revision": line.revision + 1, "act": "remove", "reason": "Doublon"}
    assert lead.post(address, gone).status_code == 302
    assert not line.payments.exists()
    assert lead.post(address, gone).status_code == 404


def test_what_waits_and_its_calendar(lead, contract, epci):
    soon = now().date() + timedelta(days=10)
    world.operation(contract, "Halte", (epci,), next_step="Copil", next_step_on=soon)
    page = text(lead.get("/a-faire/"))
    assert "Copil" in page
    shown = lead.post("/a-faire/calendrier/").content.decode()
    address = re.search(r"/a-faire/calendrier/[\w-]+\.ics", shown).group()
    feed = Client().get(address)
    assert feed["Content-Type"].startswith("text/calendar")
    assert "Halte" in feed.content.decode()
    assert Client().get("/a-faire/calendrier/autre.ics").status_code == 404
    lead.post("/a-faire/calendrier/")
    assert Client().get(address).status_code == 404


def test_a_commune_proposes_without_an_account(lead, contract, epci):
    who = world.viewer("project_lead", contract, epci)
    _, token = make_proposal_link(contract=contract, label="Mésanger", days=9, by=who, at=now())
    visitor = Client()
    sent = {
        "title": "Toit de l’école",
        "description": "Isolation et panneaux.",
        "owner": "Mésanger",
        "contact": "mairie@example.org",
        "cost": "80 k€",
    }
    assert visitor.get(f"/proposer/{token}/").status_code == 200
    assert visitor.post(f"/proposer/{token}/", sent | {"title": ""}).status_code == 400
    assert visitor.post(f"/proposer/{token}/", sent | {"website": "spam"}).status_code == 400
    assert "est reçue" in text(visitor.post(f"/proposer/{token}/", sent))
    assert visitor.get("/proposer/faux/").status_code == 410
    proposal = Proposal.objects.get()
    assert "Toit de l’école" in text(lead.get(url(contract, "propositions/")))
    answer = {"act": "accept", "section": "running"}
    lead.post(url(contract, f"propositions/{proposal.pk}/"), answer)
    assert Operation.objects.get().running_cost == 80_000
    for _ in range(5):
        last = visitor.post(f"/proposer/{token}/", sent)
    assert last.status_code == 429


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"act": "accept"}, "est retenue : elle devient une fiche projet"),
        ({"operation": ""}, "que le contrat traite déjà"),
        ({"act": "return", "answer": "Le coût manque."}, "Le coût manque."),
    ],
    ids=["accepted", "merged", "returned"],
)
def test_a_commune_is_told_what_became_of_its_fiche(lead, contract, epci, mailoutbox, sent, told):
    who = world.viewer("project_lead", contract, epci)
    link, _ = make_proposal_link(contract=contract, label="Mésanger", days=9, by=who, at=now())
    other = world.operation(contract, "Chaufferie confidentielle", (epci,))
    made = Proposal.objects.create(
        contract=contract, link=link, title="Toit de l’école", description="Isolation.",
        owner="Mésanger", contact="mairie@example.org", received_at=now(),
    )  # fmt: skip
    address = url(contract, f"propositions/{made.pk}/")
    if "operation" in sent:
        taken = {"take-title": "keep", "take-description": "replace", "take-owner": "add"}
        sent, address = taken | {"operation": other.pk, "revision": 0}, f"{address}reunir/"
    page = lead.post(address, sent, follow=True)
    assert "Un courriel le dit à mairie@example.org" in text(page)
    letter = mailoutbox[0]
    body = re.sub(r"[\u00a0\u202f]", " ", letter.body)
    assert letter.to == ["mairie@example.org"]
    assert "Toit de l’école" in letter.subject
    assert told in body
    for hidden in (lead.person.name, lead.person.email, other.title):
        assert hidden not in body


def test_a_fiche_and_its_operation_are_read_side_by_side_before_they_are_one(lead, contract, epci):
    who = world.viewer("project_lead", contract, epci)
    link, _ = make_proposal_link(contract=contract, label="Mésanger", days=9, by=who, at=now())
    fields = {"description": "Une école.", "running_cost": Decimal(5_000), "communes": ["44003"]}
    other = world.operation(contract, "Toits des écoles", (epci,), **fields)
    made = Proposal.objects.create(
        contract=contract, link=link, title="Toit de l’école", description="Isolation.",
        owner="Mésanger", contact="mairie@example.org", received_at=now(), commune="44096",
        cost=Decimal(80_000), starts_on=date(2027, 3, 1),
    )  # fmt: skip
    address = url(contract, f"propositions/{made.pk}/reunir/")
    assert "Intitulés les plus proches" in lead.get(address).content.decode()
    page = text(lead.get(f"{address}?operation={other.pk}"))
    for said in ("Une école.", "Isolation.", "5 000 €", "80 000 €", "1er mars 2027", "Mésanger"):
        assert said in page
    sent = {
        "operation": other.pk, "revision": other.revision, "take-title": "keep",
        "take-description": "add", "take-cost": "investment", "take-starts_on": "replace",
        "take-communes": "add",
    }  # fmt: skip
    assert lead.post(address, sent).status_code == 400  # nothing is said of the partner
    assert lead.post(address, {}).status_code == 400
    lead.post(address, sent | {"take-owner": "add"})
    other.refresh_from_db()
    assert (other.title, other.description) == ("Toits des écoles", "Une école.\n\nIsolation.")
    assert (other.investment_cost, other.running_cost) == (80_000, 5_000)
    assert (other.starts_on, other.communes) == (date(2027, 3, 1), ["44003", "44096"])
    assert other.partners == "Mésanger"
    read = text(lead.get(url(contract, f"{other.pk}/")))
    assert "Ce que les communes ont proposé" in read
    assert "Toit de l’école" in read
    late = lead.post(address, sent | {"take-owner": "add"})
    assert "déjà reçu une réponse" in text(late)


def test_a_cost_before_tax_never_stands_for_one_with_tax(lead, contract, epci):
    who = world.viewer("project_lead", contract, epci)
    link, _ = make_proposal_link(contract=contract, label="Mésanger", days=9, by=who, at=now())
    fields = {"tax": "ttc", "investment_cost": Decimal(96_000), "partners": "Mésanger"}
    other = world.operation(contract, "Toit", (epci,), **fields)
    made = Proposal.objects.create(
        contract=contract, link=link, title="Toit", description="Isolation.", owner="Mésanger",
        contact="m@example.org", received_at=now(), cost=Decimal(80_000),
    )  # fmt: skip
    address = url(contract, f"propositions/{made.pk}/reunir/")
    assert "take-cost" not in lead.get(f"{address}?operation={other.pk}").content.decode()
    sent = {"operation": other.pk, "revision": 0, "take-description": "replace"}
    lead.post(address, sent | {"take-cost": "investment"})
    other.refresh_from_db()
    assert (other.tax, other.investment_cost) == ("ttc", 96_000)
    assert other.proposals.get().cost == 80_000


def test_an_answer_whose_letter_does_not_leave_says_so(lead, contract, epci, monkeypatch):
    who = world.viewer("project_lead", contract, epci)
    link, _ = make_proposal_link(contract=contract, label="Mésanger", days=9, by=who, at=now())
    made = Proposal.objects.create(
        contract=contract, link=link, title="Toit", description="Isolation.", owner="Mésanger",
        contact="mairie@example.org", received_at=now(),
    )  # fmt: skip

    def refused(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr("maillage.web.letters.send_mail", refused)
    page = lead.post(url(contract, f"propositions/{made.pk}/"), {"act": "accept"}, follow=True)
    assert "Le courriel n’est pas parti" in text(page)
    assert Proposal.objects.get().state == "accepted"


def test_a_fiche_action_that_lost_a_condition_says_so(lead, contract, epci):
    made = world.operation(contract, "Voie verte", (epci,))
    world.complete(made, world.orientation(contract))
    Operation.objects.filter(pk=made.pk).update(stage="action", ready_on=world.TODAY, referent="")
    page = text(lead.get(url(contract, f"{made.pk}/")))
    assert "Cette fiche action ne remplit plus" in page
    assert "Dites qui suit l’opération." in page
    assert "à reprendre" in text(lead.get(url(contract)))
    assert "Fiche action à reprendre" in text(lead.get("/a-faire/"))
    reason = {"reason": "Référent parti", "revision": made.revision}
    lead.post(url(contract, f"{made.pk}/a-retravailler/"), reason)
    assert "ne remplit plus" not in text(lead.get(url(contract, f"{made.pk}/")))


def test_similar_operations_next_door_are_pointed_out(lead, contract, epci):
    made = world.operation(contract, "Voie verte de l’Erdre", (epci,), communes=["01001"])
    other = world.contract("voisin", "Pays voisin", published=True)
    shown = world.operation(other, "Voie verte de l’Erdre", communes=["01002"])
    world.operation(other, "Voie verte de l’Erdre, fiche projet", communes=["01002"])
    assert "Pays voisin" not in text(lead.get(url(contract, f"{made.pk}/")))
    line = world.line(shown)
    assert "Pays voisin" not in text(lead.get(url(contract, f"{made.pk}/")))
    FundingLine.objects.filter(pk=line.pk).update(level="public")
    page = lead.get(url(contract, f"{made.pk}/"))
    assert "Pays voisin" in text(page)
    assert "fiche projet" not in text(page).partition("semblables autour")[2][:400]
    assert "km" not in text(page).partition("semblables autour")[2][:400]
    assert url(other) not in page.content.decode()
    hidden = world.contract("cache", "Pays caché")
    world.operation(hidden, "Voie verte de l’Erdre", communes=["01002"])
    assert "Pays caché" not in text(lead.get(url(contract, f"{made.pk}/")))


def test_uploads_are_bounded(lead, contract):
    made = world.operation(contract, "Halte")
    large = io.BytesIO(b"%PDF-" + b"0" * 15_000_001)
    large.name = "grand.pdf"
    assert lead.post(url(contract, f"{made.pk}/pieces/"), {"file": large}).status_code == 400


def test_sources_and_rules_are_open_to_everyone(site):
    page = text(site.get("/financements/"))
    for said in ("Dotation d’équipement", "à vérifier", "L1111-10", "trois questions"):
        assert said in page
    for criterion in ("Critère écologique. La rénovation thermique", "Critère démocratique. Un"):
        assert criterion in page


def test_years_are_saved_again_as_they_were_shown(lead, contract, epci):
    """A year without commitment is an empty field, not a dash that nobody understands."""
    made = world.operation(contract, "Halte", (epci,))
    line = world.line(made, "region", 80)
    address = url(contract, f"{made.pk}/financement/{line.pk}/")
    years = {"committed-2026": "80", "payable-2027": "80", "revision": line.revision}
    lead.post(f"{address}annees/", years)
    shown = lead.get(address).content.decode()
    fields = dict(re.findall(r'name="((?:committed|payable)-\d+)"[^>]*value="([^"]*)"', shown))
    assert fields["payable-2026"] == ""
    fields["revision"] = str(line.revision + 1)
    assert lead.post(f"{address}annees/", fields).status_code == 302
    assert [(y.year, y.committed, y.payable) for y in line.years.all()] == [
        (2026, 80, 0),
        (2027, 0, 80),
    ]


def test_filters_follow_from_one_view_to_the_next(lead, contract, epci):
    world.operation(contract, "Halte", (epci,))
    page = lead.get(url(contract, "?statut=blocked&priorite=high&tri=cout")).content.decode()
    for view in ("", "tableau/", "carte/", "calendrier/"):
        assert f'href="{url(contract, view)}?statut=blocked&amp;priorite=high&amp;tri=cout"' in page
    board = lead.get(url(contract, "tableau/?statut=blocked")).content.decode()
    assert f'href="{url(contract)}?statut=blocked"' in board


@pytest.mark.parametrize(
    ("by", "told"), [("commune", "Plusieurs communes"), ("epci", "CC des Deux Rives")]
)
def test_the_maquette_goes_by_place_and_says_what_no_population_tells(lead, contract, by, told):
    made = world.operation(contract, "Voie verte", communes=["01001", "01002"])
    world.line(made, "detr", 400)
    page = lead.get(f"/contrats/{contract.slug}/maquette/", {"par": by}).content.decode()
    assert told in page
    assert "n.&nbsp;d. La population du périmètre" in page
