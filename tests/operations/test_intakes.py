"""Day one: an office's workbook in, operations out; doubtful rows wait, nothing enters twice."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.operations import world

from maillage.accounts.models import JournalEntry
from maillage.common.errors import InputError
from maillage.contracts.models import Party
from maillage.operations.actions import intakes as acts
from maillage.operations.actions.intake_columns import settle_columns
from maillage.operations.actions.intake_entry import enter_rows
from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.fields import Guess, guess
from maillage.operations.intake.stages import meaning_of
from maillage.operations.intake_columns import columns_asked
from maillage.operations.intakes import read_intake
from maillage.operations.models import FundingLine, IndicatorLink, KnownHeading, Operation
from maillage.synth.files.office_workbook import ERRORS, OPERATIONS, office_workbook

pytestmark = pytest.mark.django_db
AT = world.AT
OWNERS = ("CC du Val", "CC des Monts", "Ville de Bourg")


@pytest.fixture
def contract():
    made = world.contract()
    for name in OWNERS:
        owner = world.organisation(name, "commune" if name.startswith("Ville") else "cc")
        Party.objects.create(contract=made, organisation=owner, capacity="epci")
    return made


@pytest.fixture
def lead(contract):
    return world.viewer("project_lead", contract, world.organisation(OWNERS[0]))


def started(contract, lead, content=None, name="maquette.xlsx"):
    content = office_workbook(OWNERS) if content is None else content
    return acts.start_intake(contract=contract, name=name, content=content, by=lead, at=AT)


def settle(intake, lead, office=None, whole="draft", paid_on=None, section="by_cost"):
    """Takes what is sure, and nothing else; ``whole``, ``section``: what amounts are unless a
    heading says."""
    mapping = {
        asked.sheet: {
            c.index: (c.heading, of_stage(c.field, whole, section) if c.sure else "")
            for c in asked.columns
        }
        for asked in columns_asked(intake, office)
    }
    settle_columns(
        intake=intake,
        revision=intake.revision,
        mapping=mapping,
        organisation_id=office,
        paid_on=paid_on,
        by=lead,
        at=AT,
    )


def of_stage(field, whole, section="by_cost"):
    """What a person says of a column whose heading does not say it."""
    told = meaning_of(field)
    stage = told.stage if told.stage != "draft" else whole
    question = told.question or "results"
    return replace(told, stage=stage, section=told.section or section, question=question).field


@pytest.fixture
def intake(contract, lead):
    made = started(contract, lead)
    settle(made, lead, whole="asked")
    return made


def number(row):
    return str(row.draft.values["number"])


def test_every_operation_is_found_and_each_fault_is_told_beside_its_cell(intake):
    read = read_intake(intake)
    assert len(read.rows) == OPERATIONS == 60
    doubtful = [(row.draft.sheet, row) for row in read.of("doubtful")]
    assert len(doubtful) == len(ERRORS) == 7
    told = {row.draft.row: (row.doubts, row) for _, row in doubtful}
    for doubts, row in told.values():
        assert all(doubt.place.startswith(row.draft.sheet) for doubt in doubts)
        assert all(doubt.remedy for doubt in doubts)
    problems = [doubt.problem for doubts, _ in told.values() for doubt in doubts]
    for fault in ERRORS.values():
        assert any(problem.startswith(fault) for problem in problems), fault


def test_what_is_no_operation_is_said(intake):
    read = read_intake(intake)
    assert read.ignored_sheets == ("Lisez-moi",)
    assert {row.text for row in read.skipped} == {"Sous-total"}
    assert "Axe 1 - Mobilités" in read.new_nodes


def test_good_rows_enter_and_doubtful_ones_wait(intake, lead):
    created, updated = enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    assert (created, updated) == (53, 0)
    operation = Operation.objects.get(number="1.1")
    assert operation.orientation.title == "Mobilités"
    assert operation.investment_cost == Decimal(240_000)
    lines = {line.source: line.asked for line in operation.lines.all()}
    assert sum(lines.values()) == operation.investment_cost
    assert lines["dsil"] == 96_000
    assert FundingLine.objects.get(operation=operation, source="own_funds").funder is not None
    assert len(read_intake(intake).of("doubtful")) == 7


def test_a_corrected_cell_lets_its_row_enter(intake, lead):
    row = next(r for r in read_intake(intake).of("doubtful") if number(r) == "1.9")
    acts.correct_row(
        intake=intake, revision=row.revision, sheet=row.draft.sheet, row=row.draft.row,
        cells={3: "01/02/2026"},
        by=lead, at=AT,
    )  # fmt: skip
    fixed = next(r for r in read_intake(intake).rows if number(r) == "1.9")
    assert fixed.state == "ready"
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    assert Operation.objects.get(number="1.9").starts_on.isoformat() == "2026-02-01"


def test_an_unknown_owner_is_recognised_once_for_all(intake, lead):
    unknown = read_intake(intake).unknown
    assert unknown == ("Synd. des eaux (ancien nom)",)
    water = world.organisation("Syndicat des eaux", "syndicat")
    acts.recognise(
        intake=intake, revision=intake.revision, name=unknown[0], organisation=water, by=lead, at=AT
    )
    row = next(r for r in read_intake(intake).rows if number(r) == "3.12")
    assert row.state == "ready"


def test_a_row_can_be_left_aside(intake, lead):
    row = next(r for r in read_intake(intake).of("doubtful"))
    acts.ignore_row(
        intake=intake,
        revision=row.revision,
        sheet=row.draft.sheet,
        row=row.draft.row,
        by=lead,
        at=AT,
    )
    assert len(read_intake(intake).of("ignored")) == 1


def test_the_same_file_again_changes_nothing(contract, intake, lead):
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    before = {o.pk: o.revision for o in Operation.objects.all()}
    again = started(contract, lead)
    settle(again, lead, whole="asked")
    assert all(not row.changes for row in read_intake(again).of("ready"))
    assert enter_rows(intake=again, seen=read_intake(again).mark, by=lead, at=AT) == (0, 0)
    assert {o.pk: o.revision for o in Operation.objects.all()} == before
    assert FundingLine.objects.count() == len(set(FundingLine.objects.values_list("pk")))


def test_a_changed_file_updates_what_differs(contract, lead):
    def sheet(cost, detr):
        head = "Numéro;Intitulé;Maître d’ouvrage;Coût total HT;DETR\n"
        return f"{head}1;Voie verte;CC du Val;{cost};{detr}\n".encode()

    for cost, detr, expected in ((100, 40, (1, 0)), (120, 40, (0, 1)), (120, 50, (0, 1))):
        intake = started(contract, lead, sheet(cost, detr), "plan.csv")
        settle(intake, lead)
        assert enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT) == expected
    operation = Operation.objects.get()
    assert operation.investment_cost == 120
    assert [line.asked for line in operation.lines.all()] == [50]


def test_what_an_office_says_of_a_heading_is_remembered(contract, lead):
    office = world.organisation(OWNERS[0]).pk
    content = "Numéro;Intitulé;Enveloppe espérée\n1;Voie verte;100\n".encode()
    intake = started(contract, lead, content, "a.csv")
    (asked,) = columns_asked(intake, office)
    assert not asked.columns[2].sure
    mapping = {asked.sheet: {0: ("Numéro", "number"), 1: ("Intitulé", "title"),
                             2: ("Enveloppe espérée", "funding:dsil:running")}}  # fmt: skip
    settle_columns(
        intake=intake,
        revision=intake.revision,
        mapping=mapping,
        organisation_id=office,
        by=lead,
        at=AT,
    )
    (again,) = columns_asked(started(contract, lead, content, "b.csv"), office)
    assert again.columns[2].field == "funding:dsil:running"
    assert again.columns[2].remembered
    assert KnownHeading.objects.count() == 3


def test_the_plan_layout_of_28_columns_is_read(contract, lead):
    head = (
        "Axe (x);Sous-axe (x.x);Sous-sous axe (x.x.x);Titre de l’action;Titre de la sous-action;"
        "Descriptif;Instances de gouvernance;Objectifs;Indicateurs liés;Structure pilote;"
        "Moyens humains et techniques;Partenaires;Direction ou service pilote;Personne pilote;"
        "Élu·e référent·e;Participation Citoyenne;Financements;Financeur 1;Montant € HT;"
        "Financeur 2;Montant € HT;Financeur 3;Montant € HT;Budget prévisionnel total € HT;Statut;"
        "Niveau de priorité;Date de début;Date de fin\n"
    )
    row = (
        "1 Mobilités;1.1 Vélo;;Voie verte;;Six km;Copil;Moins de voitures;Km créés;CC du Val;"
        "Un agent;Club;Voirie;Anne;M. Petit;Ateliers;;DETR;40000;Région;20 000;;;100 000;"
        "En cours;Haute;01/01/2026;31/12/2026\n"
    )
    intake = started(contract, lead, (head + row).encode(), "plan.csv")
    settle(intake, lead)
    (read,) = read_intake(intake).rows
    assert read.doubts == ()
    assert read.target.funding == {"detr": Decimal(40_000), "region": Decimal(20_000)}
    assert read.target.strategy == ("1 Mobilités", "1.1 Vélo")
    assert "Objectifs : Moins de voitures" in read.target.fields["description"]
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    assert Operation.objects.get().orientation.title == "Vélo"


@pytest.mark.parametrize(
    "mapping",
    [{}, {"Tableau": {0: ("N", "number")}}, {"Tableau": {0: ("T", "title"), 1: ("U", "title")}},
     {"Tableau": {0: ("T", "title"), 1: ("U", "nothing")}},
     {"Tableau": {0: ("T", "title"), 1: ("U", "cost"), 2: ("V", "cost")}}],
)  # fmt: skip
def test_columns_that_make_no_table_are_refused(contract, lead, mapping):
    intake = started(contract, lead, b"N;T\n1;x\n", "a.csv")
    with pytest.raises(InputError):
        settle_columns(
            intake=intake,
            revision=intake.revision,
            mapping=mapping,
            organisation_id=None,
            by=lead,
            at=AT,
        )


def test_the_parts_of_the_owner_add_up_as_those_of_a_funder_do(contract, lead):
    content = "Numéro;Intitulé;Autofinancement;Fonds propres\n1;Voie verte;100;250\n".encode()
    intake = started(contract, lead, content, "a.csv")
    (asked,) = columns_asked(intake, None)
    own = "own_funds:asked:investment"
    columns = {1: ("Intitulé", "title"), 2: ("Autofinancement", own), 3: ("Fonds propres", own)}
    settle_columns(
        intake=intake, revision=intake.revision, mapping={asked.sheet: columns},
        organisation_id=None, by=lead, at=AT,
    )  # fmt: skip
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    assert FundingLine.objects.get(source="own_funds").asked == 350


def test_each_step_is_in_the_journal(intake, lead):
    enter_rows(intake=intake, seen=read_intake(intake).mark, by=lead, at=AT)
    verbs = JournalEntry.objects.filter(object_kind="intake").values_list("verb", flat=True)
    assert set(verbs) == {"started", "columns_settled", "rows_entered"}


# What the amounts of a column are: « titre de colonne », then what its line holds.
HEADED = [
    ("DETR", {"kind": "draft", "asked": 40}),
    ("DETR demandée", {"kind": "programme", "asked": 40}),
    ("Subvention DETR sollicitée", {"kind": "programme", "asked": 40}),
    ("DETR acquise", {"kind": "programme", "notified": 40}),
    ("DETR (notifié)", {"kind": "programme", "notified": 40}),
    ("Montant DETR obtenu", {"kind": "programme", "notified": 40}),
    ("DETR conventionnée", {"kind": "programme", "agreed": 40}),
    ("DETR payée", {"kind": "programme", "paid_total": 40}),
]


def csv_of(*columns):
    heads, cells = zip(*columns, strict=True)
    return f"{';'.join(heads)}\n{';'.join(map(str, cells))}\n".encode()


def entered(contract, lead, content, **more):
    intake = started(contract, lead, content, "plan.csv")
    settle(intake, lead, paid_on=AT.date(), **more)
    read = read_intake(intake)
    enter_rows(intake=intake, seen=read.mark, by=lead, at=AT)
    return read


@pytest.mark.parametrize(("heading", "held"), HEADED)
def test_a_column_says_what_its_amounts_are(contract, lead, heading, held):
    entered(contract, lead, csv_of(("Intitulé", "Halle"), ("Coût", 100), (heading, 40)))
    line = FundingLine.objects.get()
    for name in ("kind", "asked", "notified", "agreed", "paid_total"):
        assert getattr(line, name) == held.get(name, 0 if name == "paid_total" else None), name


def test_a_source_asked_granted_and_paid_is_one_line_that_counts_once(contract, lead):
    columns = [("Intitulé", "Halle"), ("Coût total HT", 100), ("DETR", 60), ("DETR demandé", 50),
               ("DETR notifié", 40), ("DETR versé", 10), ("Autofinancement", 60)]  # fmt: skip
    read = entered(contract, lead, csv_of(*columns))
    (row,) = read.rows
    assert row.doubts == ()  # 40 notified and 60 of the owner: the plan balances
    assert any("brouillon non repris" in note for note in row.draft.notes)
    assert read.amounts == {"draft": 1, "asked": 1, "notified": 1, "paid": 1}
    detr = FundingLine.objects.get(source="detr")
    assert (detr.asked, detr.notified, detr.paid_total) == (50, 40, 10)
    assert FundingLine.objects.get(source="own_funds").kind == "draft"


def test_the_same_file_later_sends_the_draft_then_adds_what_was_paid(contract, lead):
    plan = [("Intitulé", "Halle"), ("Coût", 100)]
    entered(contract, lead, csv_of(*plan, ("DETR", 40)))
    entered(contract, lead, csv_of(*plan, ("DETR demandé", 40)))
    line = FundingLine.objects.get()
    assert (line.kind, line.asked, line.asked_on) == ("programme", 40, None)
    assert not entered(contract, lead, csv_of(*plan, ("DETR", 40))).rows[0].changes
    for paid, count in ((10, 1), (10, 1), (25, 2)):
        entered(contract, lead, csv_of(*plan, ("DETR versé", paid)))
        assert (line.payments.count(), line.paid_total) == (count, paid)
    assert JournalEntry.objects.filter(verb="sent", object_kind="line").count() == 1


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ((("DETR", 50),), "un brouillon, mais DETR est déjà au plan"),
        ((("DETR versé", 5),), "moins que les versements déjà saisis"),
    ],
)
def test_what_no_file_may_change_alone_waits(contract, lead, columns, problem):
    plan = [("Intitulé", "Halle"), ("Coût", 100)]
    entered(contract, lead, csv_of(*plan, ("DETR demandé", 40), ("DETR versé", 10)))
    (row,) = entered(contract, lead, csv_of(*plan, *columns)).rows
    assert row.state == "doubtful"
    assert row.doubts[0].problem.startswith(problem)


def test_the_eligible_base_is_kept_on_the_lines_of_aid(contract, lead):
    plan = [("Intitulé", "Halle"), ("Coût", 100), ("DETR demandé", 40), ("Autofinancement", 60)]
    for base in (80, 90):
        entered(contract, lead, csv_of(*plan, ("Assiette éligible", base)))
        assert FundingLine.objects.get(source="detr").eligible == base
        assert FundingLine.objects.get(source="own_funds").eligible is None


def test_a_line_follows_the_only_cost_and_waits_where_there_are_two(contract, lead):
    entered(contract, lead, csv_of(("Intitulé", "Poste"), ("Fonctionnement", 40), ("FNADT", 20)))
    assert FundingLine.objects.get(source="fnadt").section == "running"
    columns = [("Intitulé", "Halle"), ("Coût", 100), ("Fonctionnement", 40), ("DETR", 20)]
    (row,) = entered(contract, lead, csv_of(*columns)).rows
    assert row.doubts[0].problem.startswith("on ne sait pas si c’est de l’investissement")
    (row,) = entered(contract, lead, csv_of(*columns), section="investment").rows
    assert row.doubts == ()
    assert FundingLine.objects.get(source="detr").section == "investment"


def test_the_same_file_said_to_be_of_the_other_section_moves_its_lines(contract, lead):
    content = csv_of(("Intitulé", "Poste"), ("Coût", 100), ("FNADT demandé", 20))
    entered(contract, lead, content, section="investment")
    (row,) = entered(contract, lead, content, section="running").rows
    assert [change[0] for change in row.changes] == ["section:fnadt"]
    assert FundingLine.objects.get().section == "running"
    assert not entered(contract, lead, content, section="running").rows[0].changes
    assert not entered(contract, lead, content, section="by_cost").rows[0].changes


def test_a_source_in_both_sections_makes_two_lines_that_update(contract, lead):
    def content(works, post):
        costs = [("Intitulé", "Halle"), ("Coût", 100), ("Fonctionnement", 50)]
        detr = [("DETR investissement", works), ("DETR fonctionnement notifiée", post)]
        return csv_of(*costs, *detr)

    for works, post in ((60, 30), (60, 30), (60, 35)):
        (row,) = entered(contract, lead, content(works, post)).rows
        assert row.doubts == ()
        lines = FundingLine.objects.values_list("section", "kind", "asked", "notified")
        assert set(lines) == {
            ("investment", "draft", works, None), ("running", "programme", None, post)
        }  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({1: ("D", "funding:detr")}, "de quelle section"),
        ({1: ("I", "indicators")}, "ce que jugent"),
        ({1: ("D", "funding:detr:by_cost"), 2: ("E", "funding:detr:paid:running")}, "suit le coût"),
        ({1: ("O", "own_funds:running"), 2: ("P", "own_funds:investment")}, "de deux sortes"),
    ],
)
def test_what_is_not_said_is_asked(contract, lead, columns, told):
    intake = started(contract, lead, b"N;D;E\n1;2;3\n", "a.csv")
    with pytest.raises(InputError, match=told):
        settle_columns(
            intake=intake, revision=intake.revision, organisation_id=None, by=lead, at=AT,
            mapping={"Tableau": {0: ("N", "title"), **columns}}, paid_on=AT.date(),
        )  # fmt: skip


def test_indicators_come_with_what_they_judge_their_target_and_their_unit(contract, lead):
    def content(targets, units="m² ; %"):
        named = [("Intitulé", "Halle"), ("Référent", "Anne"), ("Indicateurs", '"Créés ; Loués"')]
        return csv_of(*named, ("Cible", f'"{targets}"'), ("Unité", f'"{units}"'))

    for targets, target in (("500 ; 80", "500"), ("600 ; 80", "600")):
        (row,) = entered(contract, lead, content(targets)).rows
        links = IndicatorLink.objects.values_list("name", "question", "target", "unit")
        assert set(links) == {("Créés", "results", target, "m²"), ("Loués", "results", "80", "%")}
    assert not entered(contract, lead, content("600 ; 80")).rows[0].changes
    (row,) = entered(contract, lead, content("600")).rows
    assert row.doubts[0].problem.replace("\u00a0", " ") == "1 cible pour 2 indicateurs"


def test_a_programme_is_one_that_is_known(contract, lead):
    def content(*names):
        return csv_of(("Intitulé", "Halle"), ("Référent", "Anne"),
                      ("Programmes", f'"{" ; ".join(names)}"'))  # fmt: skip

    entered(contract, lead, content("PETITES VILLES DE DEMAIN", "France services"))
    names = Operation.objects.get().programmes
    assert names == ["Petites villes de demain", "France services"]
    (row,) = entered(contract, lead, content("Programme de la lune")).rows
    assert row.doubts[0].problem == "programme inconnu"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Fonctionnement / DETR", "funding:detr:running"),
        ("DETR investissement", "funding:detr:investment"),
        ("DETR notifiée en fonctionnement", "funding:detr:notified:running"),
        ("Coût d’investissement", "cost"),
        ("Fonctionnement / Coût total", "running_cost"),
    ],
)
def test_a_heading_may_say_its_section(heading, field):
    assert guess(heading, funding_sources().values()) == Guess(field, sure=True)


def test_a_remembered_heading_keeps_what_its_amounts_are(contract, lead):
    office = world.organisation(OWNERS[0]).pk
    content = csv_of(("Intitulé", "Halle"), ("Coût", 100), ("DETR", 40))
    settle(started(contract, lead, content, "a.csv"), lead, office, whole="notified")
    (again,) = columns_asked(started(contract, lead, content, "b.csv"), office)
    assert [column.field for column in again.columns][-1] == "funding:detr:notified:by_cost"


@pytest.mark.parametrize("field", ["funding:nobody", "title:asked", "funding:detr:draft", "x"])
def test_a_field_that_is_none_is_refused(contract, lead, field):
    intake = started(contract, lead, b"N;T\n1;x\n", "a.csv")
    mapping = {"Tableau": {0: ("N", "title"), 1: ("T", field)}}
    with pytest.raises(InputError):
        settle_columns(
            intake=intake, revision=intake.revision, mapping=mapping, organisation_id=None,
            by=lead, at=AT,
        )  # fmt: skip
