"""What the build placed, left out and refused is on the pages of the sources."""

import re
from html import unescape

from maillage.engine.writer import EditionWriter


def text(html: str) -> str:
    """What is read, every kind of space being one."""
    return re.sub(r"\s+", " ", unescape(re.sub("<[^>]+>", " ", html)))


def test_the_report_closes_and_gives_reasons(site):
    said = text(site.get("/sources/compte-rendu/").content.decode())
    for part in (
        "flux/navettes.csv",
        "7 905 lignes",
        "12 346 personnes",
        "45,5 personnes",
        "code de commune inconnu",
        "14 communes disparues",
        "« flux/vide.csv » : fichier vide.",
        "lisez-moi.txt",
        "EPCI 2025 : 4 communes sans EPCI.",
        "34 875",
    ):
        assert part in said, part


def test_a_source_shows_what_was_read_of_it(site):
    said = text(site.get("/sources/rp_commuting_pairs/").content.decode())
    assert "flux/navettes.csv" in said
    assert "859" in said
    assert "fichier vide" not in said


def test_a_source_shows_what_was_refused_of_it(site):
    assert "fichier vide" in site.get("/sources/rp_migdep/").content.decode()


def test_a_source_that_was_not_read_says_so(site):
    assert "Aucun fichier de cette sorte" in site.get("/sources/sirene_stock/").content.decode()


def test_the_list_gives_vintages(site):
    html = site.get("/sources/").content.decode()
    row = re.search(r'<tr><th scope="row"><a href="/sources/rp_commuting_pairs/">.*?</tr>', html)
    assert "2021" in row.group()


def test_an_edition_without_account_says_so(site, settings, tmp_path, country):
    with EditionWriter(tmp_path) as writer:
        writer.write_geography(country)
        writer.publish()
    settings.EDITIONS = tmp_path
    assert "sans compte rendu" in site.get("/sources/compte-rendu/").content.decode()
    assert site.get("/sources/").status_code == 200


def test_the_report_sums_up_what_became_of_the_files(site):
    html = site.get("/sources/compte-rendu/").content.decode()
    for label, count in {
        "Fichiers lus": 1,
        "Avec du non placé": 1,
        "Avec des estimations": 1,
        "Valeurs secrètes": 3,
        "Fichiers refusés": 1,
    }.items():
        assert f'<dt>{label}</dt><dd class="figure">{count}</dd>' in html


def test_a_source_says_the_years_that_were_read(site):
    html = site.get("/sources/rp_commuting_pairs/").content.decode()
    assert "<dt>Millésimes lus</dt><dd>2021</dd>" in html
    other = site.get("/sources/ref_pnr/").content.decode()
    assert "<dt>Millésimes lus</dt><dd>aucun dans ces données</dd>" in other


def test_an_indicator_says_what_it_is_of_and_what_its_codes_mean(site):
    html = site.get("/methode/self_containment/").content.decode()
    assert "<dt>Se calcule sur</dt><dd>un territoire</dd>" in html
    assert "sujet=self_containment" in html
    coded = site.get("/methode/dominance_role/").content.decode()
    assert "<dt>Valeurs</dt>" in coded
