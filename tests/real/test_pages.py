"""Pages on the real files: the right figures, and in words what the files leave out."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.real
SECTION = r'<section class="[^"]*" id="{}".*?</section>'


@pytest.fixture
def read(real_editions, settings, tmp_path):
    """The text of one section of a portrait, every kind of space being one."""
    settings.EDITIONS = real_editions
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)

    def text(territory: str, slug: str) -> str:
        html = Client().get(f"/territoires/{territory}/").content.decode()
        part = re.search(SECTION.format(slug), html, re.S).group()
        return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", part)))

    return text


def test_nantes_metropole_inside_its_departement(read):
    """Figures worked out apart, with pandas, on the producer's file."""
    said = read("244400404", "migrations-residentielles")
    for part in (
        "Entrants 18 529",
        "Sortants 38 066",
        "Stables 446 159",
        "Solde non donné",
        "Ce fichier ne contient que les échanges",
        "Loire-Atlantique",
        "Les entrants et les sortants sont des minimums.",
        "il est de −19 537",
    ):
        assert part in said
    assert re.search(r"Erdre et Gesvres .*?5 065 .*?4 309 .*?4 087", said)


def test_paris_among_its_region(read):
    said = read("75056", "domicile-travail")
    assert "Stables 749 553" in said
    assert "Solde non donné" in said
    assert "Métropole du Grand Paris (autres communes)" in said


def test_the_metropole_of_grand_paris_keeps_what_its_communes_exchange(read):
    inside = read("200054781", "domicile-travail")
    assert "Île-de-France" in inside
    assert "Solde non donné" in inside


def test_a_part_of_paris_metropole_has_its_portrait(read):
    """An établissement public territorial."""
    assert "Les entrants et les sortants sont des minimums." in read(
        "200057982", "domicile-travail"
    )


@pytest.mark.parametrize("territory", ["244400404", "75056", "200054781", "200057982"])
def test_no_school_file_is_said_and_no_zero_shown(read, territory):
    said = read(territory, "domicile-etudes")
    assert "aucun fichier" in said
    assert not re.search(r"\b0\b", said)


def test_outside_the_universe_nothing_is_shown(read):
    said = read("244400404", "domicile-travail")
    assert "Ce territoire n’en fait pas partie" in said
    assert not re.search(r"\b0\b", said)


def test_a_perimeter_across_regions_has_its_portrait(read):
    """Nantes Métropole and a commune of Maine-et-Loire."""
    said = read("244400404+49007", "migrations-residentielles")
    assert "minimums" in said
