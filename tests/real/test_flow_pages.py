"""Flow pages on the real files: right figures, what is cut said, no false balance."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.real


@pytest.fixture
def read(real_editions, settings, tmp_path):
    """HTML of a flow page, which is there."""
    settings.EDITIONS = real_editions
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)

    def html(territory: str, rest: str) -> str:
        answer = Client().get(f"/territoires/{territory}/flux/{rest}")
        assert answer.status_code == 200
        return answer.content.decode()

    return html


def text(html: str) -> str:
    """What one reads, every kind of space being one."""
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", html.partition("<main")[2])))


def sums(html: str) -> tuple[int, int, int, int]:
    """Sum of the lines of the table, then its last line: outgoing, incoming."""
    table = re.search(r'class="table table-sm flow-table">.*?</table>', html, re.S).group()
    lines = re.findall(r"<tr.*?</tr>", table, re.S)[1:]
    figures = [
        [int("0" + re.sub(r"\D", "", unescape(re.sub("<[^>]+>", "", cell)))) for cell in cells[:2]]
        for cells in (re.findall(r'<td class="num.*?</td>', line, re.S) for line in lines)
    ]
    *rows, total = figures
    return sum(out for out, _ in rows), sum(into for _, into in rows), *total


def test_nantes_metropole_inside_its_departement(read):
    html = read("244400404", "migrations-residentielles/")
    said = text(html)
    for part in ("446 159", "18 529", "38 066", "non donné", "il est de −19 537"):
        assert part in said
    assert "Loire-Atlantique" in said
    out, into, all_out, all_in = sums(html)
    assert (all_out, all_in) == (38066, 18529)
    assert out == pytest.approx(all_out, abs=20)
    assert into == pytest.approx(all_in, abs=20)
    assert "La part de chacun n’est pas donnée" in said  # the file cuts the total
    assert 'class="line cut' in html  # an EPCI across the edge of the département


@pytest.mark.parametrize(
    ("territory", "mesh", "internal"),
    [
        ("75056", "commune", "749 553"),
        ("75056", "epci", "749 553"),
        ("200054781", "epci", "2 870 767"),
        ("200054781", "commune", "2 870 767"),
        ("200057982", "epci", None),
    ],
)
def test_territories_of_ile_de_france(read, territory, mesh, internal):
    """A commune, the metropole that holds it, one of its établissements publics territoriaux."""
    html = read(territory, f"domicile-travail/?maille={mesh}")
    said = text(html)
    assert "région Île-de-France" in said
    assert "Le solde n’est pas donné, il serait faux." in said
    if internal:
        assert internal in said
    out, into, all_out, all_in = sums(html)
    assert out == pytest.approx(all_out, abs=700)  # one half a line, rounded
    assert into == pytest.approx(all_in, abs=700)
    assert html.count("<tr data-partner") <= 5000
    assert 'class="flow-map"' in html


def test_a_perimeter_across_regions(read):
    """Nantes Métropole and a commune of Maine-et-Loire."""
    said = text(read("244400404+49007", "migrations-residentielles/"))
    assert "sont des minimums" in said
    assert "Le solde n’est pas donné, il serait faux." in said


def test_outside_the_universe_nothing_is_shown(read):
    said = text(read("244400404", "domicile-travail/"))
    assert "non couvert" in said
    assert "Aucun échange connu avec d’autres territoires." in said
    assert "Solde non donné" in said


def test_a_family_without_file_says_so(read):
    said = text(read("244400404", "domicile-etudes/"))
    assert "aucun fichier" in said
    assert not re.search(r"\b0\b", said)


@pytest.mark.parametrize("territory", ["75056", "200054781", "200057982", "244400404+49007"])
def test_depths_refuse_what_a_cut_file_cannot_tell(read, territory):
    family = "migrations-residentielles" if "+" in territory else "domicile-travail"
    said = text(read(territory, f"{family}/approfondir/"))
    assert "un taux calculé sur le reste serait faux" in said
    assert "nan" not in said.lower().split()
