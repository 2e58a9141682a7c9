"""``maillage ask``: the same figures for eyes, for a spreadsheet and for a program."""

import csv
import io
import json

import numpy as np
import pytest
from tests.observatory.test_schemas import FILE, GRANT

from maillage.cli.questions import QUESTIONS
from maillage.engine.dataset import GrantList, Scope, Universe
from maillage.engine.edition import current_edition
from maillage.engine.writer import EditionWriter
from maillage.observatory.balance import territory_balance
from maillage.observatory.record import record
from maillage.territory.perimeter import parse_perimeter

from ..engine.worlds import cells, country

TABLE = {(0, 0): 100.0, (0, 1): 1234.75, (1, 3): 30.25, (3, 0): 50.0, (0, 8): 11.0}


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    with EditionWriter(folder) as writer:
        writer.write_geography(country(8))
        writer.write_flow(cells(TABLE, year=2016))
        writer.write_flow(cells(TABLE, year=2022))
        writer.write_grants(GrantList(2019, FILE, (GRANT,)))
        writer.publish()
    return folder


@pytest.fixture
def ask(run, editions):
    return lambda *words: run("ask", *words, "--editions", editions)


def test_json_is_the_very_answer_of_the_observatory(ask, editions):
    edition = current_edition(editions)
    perimeter = parse_perimeter("200000001", edition.geography)
    expected = record(territory_balance(edition, "commuting", perimeter, year=2016))
    words = ("balance", "200000001", "--flow", "commuting", "--year", 2016, "--format", "json")
    assert json.loads(ask(*words).stdout) == expected


#: What a question must be told, beside a flow.
TOLD = {
    "pair": ("--other", "200000002"),
    "joining": ("--theme", "energy"),
    "comparison": ("--flow", "commuting", "--other", "200000002"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_in_every_format(ask, question):
    flow = ("--flow", "commuting") if "flow" in QUESTIONS[question].required else ()
    words = (question, "200000001", *flow, *TOLD.get(question, ()))
    answer = json.loads(ask(*words, "--format", "json").stdout)
    territory = answer["territory"] if "territory" in answer else answer["territories"][0]
    assert "200000001" in (territory, territory["id"] if isinstance(territory, dict) else "")
    rows = list(csv.reader(io.StringIO(ask(*words, "--format", "csv").stdout), delimiter=";"))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    table = ask(*words)
    assert table.exit_code == 0
    assert all(heading.split()[0] in table.stdout for heading in rows[0])


def test_an_option_is_told_to_the_question_that_takes_it(ask):
    words = ("cooperation", "200000001", "--flow", "commuting", "--radius", 12, "--format", "json")
    assert json.loads(ask(*words).stdout)["radius_km"] == 12
    words = ("peers", "200000001", "--drop", "200000002")
    assert "200000002" not in ask(*words).stdout


def test_several_territories_give_several_answers(ask):
    words = ("balance", "200000001", "200000002", "--flow", "commuting", "--format", "json")
    assert [answer["territory"] for answer in json.loads(ask(*words).stdout)] == [
        "200000001",
        "200000002",
    ]


def test_a_spreadsheet_has_french_headings_and_decimals(ask):
    shown = ask("balance", "200000001", "--flow", "commuting", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(shown), delimiter=";"))
    partner = next(row for row in rows if row["Partenaire"] == "200000002")
    assert partner["Sortants"] == "30,25"
    assert partner["Solde"] == "19,75"
    assert rows[-1]["Nom"] == "Total"


def test_a_table_carries_what_a_figure_needs_to_be_quoted(ask):
    shown = ask("balance", "200000001", "--flow", "commuting").stdout
    for fact in ("navettes domicile-travail", "2022", "Unité", "Source", "Champ", "1\u202f235"):
        assert fact in shown


def test_a_territory_that_the_file_leaves_out_is_told_so(run, tmp_path):
    first = Scope(
        "departement", "01", "à l’intérieur des deux premières", np.array([0, 1], np.int32)
    )
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country(8))
        writer.write_flow(cells({(0, 0): 5.0, (0, 1): 3.0}, universe=Universe((first,))))
        writer.publish()

    def shown(territory):
        answer = run("ask", "balance", territory, "--flow", "commuting", "--editions", tmp_path)
        assert answer.exit_code == 0
        return answer.stdout

    outside = shown("00006")
    assert "n’en fait pas partie" in outside
    assert "n. d." not in outside
    assert "Chiffres partiels" not in outside
    assert "Chiffres partiels" in shown("00001")
    assert "Une partie du territoire est hors du champ" in shown("pays")
    assert "entrées et sorties n’y sont pas" in shown("00001+00002")


def test_the_mesh_and_the_number_of_partners_are_told(ask):
    words = ("balance", "200000001", "--flow", "commuting", "--mesh", "commune", "--limit", 1)
    answer = json.loads(ask(*words, "--format", "json").stdout)
    assert answer["mesh"] == "commune"
    assert len(answer["partners"]) <= 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("balance", "999999999", "--flow", "commuting"), 3, "territoire inconnu"),
        (("balance", "Commune 3", "--flow", "commuting"), 3, "Vouliez-vous dire Commune 3 (00003)"),
        (("balance", "00001", "--flow", "telepathy"), 3, "telepathy"),
        (("balance", "00001", "--flow", "commuting", "--year", 1968), 3, "2016 et 2022"),
        (("balance", "00001", "--flow", "commuting", "--mesh", "canton"), 3, "canton"),
        (("balance", "00001"), 2, "demande --flow"),
        (("portrait", "00001", "--year", 2021), 2, "ne prend pas --year"),
        (("balance",), 2, "Il manque l’argument"),
        (("pair", "00001"), 2, "demande --other"),
        (("pair", "00001", "--other", "00002", "--other", "00003"), 2, "qu’un seul --other"),
        (("pair", "00001", "--other", "Commune 3"), 3, "Vouliez-vous dire Commune 3 (00003)"),
        (("pair", "00001", "--other", "00001"), 1, "deux fois le même territoire"),
        (("joining", "200000001", "--theme", "horoscope"), 3, "horoscope"),
        (("comparison", "00001", "--year", 2022), 1, "retirez l’année"),
        (("grants", "00001", "--year", 2018), 3, "2018"),
        (("horoscope", "00001"), 2, "n’est pas"),
    ],
)
def test_what_cannot_be_answered_is_told(ask, words, code, told):
    refused = ask(*words)
    assert refused.exit_code == code
    assert told in refused.output
    assert "Traceback" not in refused.output


def test_without_edition_there_is_no_answer(run, tmp_path):
    told = run("ask", "balance", "1", "--flow", "commuting", "--editions", tmp_path)
    assert told.exit_code == 3
    assert "maillage build" in told.output


def test_every_question_is_in_the_help(ask):
    shown = " ".join(ask("--help").stdout.split())
    assert all(name in shown for name in QUESTIONS)
