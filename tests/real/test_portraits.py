"""Portraits and comparisons on the real files: true sentences, and silence where none is true."""

import re
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.real
GRAND_PARIS, PARIS, NANTES, EPT = "200054781", "75056", "244400404", "200057982"


@pytest.fixture
def read(real_editions, settings, tmp_path):
    """A page, or the parts of it that match, as text with one kind of space."""
    settings.EDITIONS = real_editions
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)

    def text(address: str, part: str = ".*") -> str:
        answer = Client().get(address)
        assert answer.status_code == 200
        found = re.findall(part, answer.content.decode(), re.S)
        return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", " ".join(found))))

    return text


def story(read, id):
    """Each sentence of a portrait, without its links."""
    said = read(f"/territoires/{id}/", r'<li id="recit-[a-z]+(?:-[a-z]+)?">\s*<p>.*?</p>')
    return [sentence.strip() for sentence in re.findall(r".*?\([^()]*\)\.", said)]


@pytest.mark.parametrize("id", [GRAND_PARIS, PARIS, EPT])
def test_one_region_gives_minimums_and_no_rate(read, id):
    told = story(read, id)
    assert len(told) == 3
    for sentence in told:
        assert "au moins" in sentence.lower()
        assert "le fichier ne contient que les échanges à l’intérieur de la région" in sentence
        assert "%" not in sentence
        assert "comparables" not in sentence
    assert told[2].startswith("D’après une estimation, ")


def test_figures_of_the_sentences_are_those_of_the_files(read):
    """Worked out apart, with pandas, for the tests of pages."""
    [arrivals, departures] = story(read, NANTES)
    assert arrivals == (
        "Au moins 18 529 habitants de cinq ans ou plus vivaient ailleurs cinq ans plus tôt, dont "
        "2 859 dans la CC d’Erdre et Gesvres ; le fichier ne contient que les échanges à "
        "l’intérieur du département Loire-Atlantique (44) (RP 2008)."
    )
    assert departures.startswith("Au moins 38 066 personnes qui habitaient le territoire")
    assert "dont 5 065 vers la CC d’Erdre et Gesvres" in departures


def test_paris_is_a_commune_whose_neighbours_are_named(read):
    assert (
        "dont 263 024 vers les autres communes de la Métropole du Grand Paris"
        in (story(read, PARIS)[0])
    )
    glance = read(f"/territoires/{PARIS}/", r'<section class="glance".*?</section>')
    assert "Stables" in glance
    assert "Solde" not in glance


@pytest.mark.parametrize("id", [GRAND_PARIS, PARIS, NANTES, EPT])
def test_what_is_missing_is_said_without_a_zero(read, id):
    page = read(f"/territoires/{id}/", r'<section class="flow flow-missing".*?</section>')
    assert "aucun fichier pour « Mobilités scolaires »" in page
    assert not re.search(r"\b0\b", page)
    assert "étudient" not in " ".join(story(read, id))


def test_a_territory_that_no_flow_crosses_has_no_story(read):
    """The residential file is that of the département: nothing crosses its edge there."""
    assert story(read, "dep-44") == []


def test_a_perimeter_across_regions_is_told_what_is_known(read):
    told = story(read, f"{NANTES}+49007")
    assert told
    assert all("au moins" in sentence.lower() for sentence in told)


def test_a_cut_file_compares_nothing(read):
    page = read(f"/comparer/?t={GRAND_PARIS}&t={NANTES}&famille=domicile-travail")
    assert "les autres territoires y sont tronqués" in page
    assert "Aucun indicateur de cette famille n’est connu" in page


def test_signs_of_fragility_are_among_large_metropoles(read):
    page = read(f"/comparer/?t={NANTES}&t={PARIS}&famille=fragilites")
    assert "10 métropoles de 500 000 habitants ou plus comparables à Nantes Métropole" in page
    assert re.search(r"Niveau de vie médian .*? 22 031 €", page)


def test_a_commune_that_is_no_more_is_found(read):
    page = read("/recherche/?q=chateau+d%27olonne")
    assert re.search(r"Les Sables-d’Olonne .*?avec l’ancienne commune de Château-d’Olonne", page)
