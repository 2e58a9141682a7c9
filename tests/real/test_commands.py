"""The commands of the README, on the real official files."""

import json

import pytest
from click.testing import CliRunner

from maillage.cli import main
from maillage.observatory.schemas import PUBLISHED

pytestmark = pytest.mark.real
KEYS = {
    *("territory", "flow", "year", "cog", "incoming", "outgoing", "net", "internal"),
    *("internal_moved", "internal_same", "partners", "unit", "source", "universe"),
    *("precision", "secrecy"),
}
NANTES = "244400404"


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def answer(real_editions):
    words = ("--flow", "residential", "--year", 2008, "--editions", real_editions)
    told = run("ask", "balance", NANTES, *words, "--format", "json")
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


def test_the_answer_has_the_promised_keys(answer):
    assert answer.keys() >= KEYS
    assert "balance" in PUBLISHED
    assert (answer["territory"], answer["flow"], answer["year"]) == (NANTES, "residential", 2008)
    assert answer["cog"] == 2025


def test_figures_of_nantes_metropole(answer):
    """Computed apart, with pandas, from the same file."""
    expected = {
        "incoming": 18_528.533,
        "outgoing": 38_065.955,
        "internal_moved": 44_327.621839,
        "internal_same": 401_831.016268,
    }
    found = {key: answer[key] for key in expected}
    assert found == pytest.approx(expected, rel=1e-6)


def test_first_destinations_of_nantes_metropole(answer):
    first = sorted(answer["partners"], key=lambda partner: -partner["outgoing"])[:3]
    assert [partner["code"] for partner in first] == ["244400503", "200067635", "200067346"]
    outgoing = [partner["outgoing"] for partner in first]
    assert outgoing == pytest.approx([5_065.092372, 4_309.153769, 4_086.544433], rel=1e-6)
    assert all("Loire-Atlantique" in partner["within"] for partner in first)


def test_no_balance_is_given_that_the_file_makes_false(answer):
    assert answer["net"] is None
    assert answer["universe"]["partial"]
    assert answer["net_in_universe"] == pytest.approx(18_528.532901 - 38_065.954508, rel=1e-6)


@pytest.fixture(scope="module")
def built(mirror, tmp_path_factory):
    editions = tmp_path_factory.mktemp("editions")
    told = run("build", "--mirror", mirror, "--editions", editions, "--format", "json")
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)["report"]


def test_the_account_closes_and_tells_what_mergers_moved(built):
    accounts = {file["file"].rsplit("/", 1)[-1]: file["account"] for file in built["files"]}
    moved = accounts["base-flux-mobilite-residentielle-2008-dep44.csv"]
    assert moved["vanished"] == 14
    assert float(moved["moved"]) == pytest.approx(859.300482, rel=1e-6)
    assert float(moved["placed"]) + float(moved["unplaced_total"]) == float(moved["total"])
    commuters = accounts["base-flux-mobilite-domicile-lieu-travail-2014-idf.csv"]
    assert commuters["rows"] == 126_125
    assert float(commuters["total"]) == pytest.approx(5_323_745.436314, rel=1e-9)


def test_bad_files_are_refused_with_their_reason(built):
    reasons = " ".join(refusal["reason"] for refusal in built["refused"])
    assert "tronquée" in reasons
    assert "deux caractères" in reasons
    assert reasons.count("Remède") == len(built["refused"])


def test_strict_refuses_the_whole(mirror, tmp_path):
    told = run("build", "--strict", "--quiet", "--mirror", mirror, "--editions", tmp_path)
    assert told.exit_code == 1
    assert "--strict" in told.output
    assert not (tmp_path / "CURRENT").exists()


def test_a_portrait_says_what_is_missing_and_why(real_editions):
    shown = run("ask", "portrait", "75056", "--editions", real_editions).stdout
    assert "Île-de-France" in shown
    assert "Ce territoire n’en fait pas partie" in shown
