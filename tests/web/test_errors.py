"""What goes wrong is said in French, with the right status and nothing leaked."""

import pytest

HOSTILE = [
    "/territoires/<script>/",
    "/territoires/../../etc/passwd/",
    "/territoires/%00/",
    "/territoires/44109%0d%0aX: y/",
    "/territoires/" + "9" * 9000 + "/",
    "/sources/../settings/",
    "/sources/' or 1=1/",
    "/methode/__class__/",
    "/methode/inconnu/",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_addresses_find_nothing(site, path):
    answer = site.get(path)
    assert answer.status_code in {400, 404}
    assert "<script>" not in answer.content.decode()


def test_not_found_offers_the_search(site):
    html = site.get("/nulle-part/").content.decode()
    assert "Cette page n’existe pas" in html
    assert 'role="search"' in html


def test_without_edition_the_page_tells_the_command(site, settings, tmp_path):
    settings.EDITIONS = tmp_path
    answer = site.get("/")
    assert answer.status_code == 503
    assert "maillage build --mirror" in answer.content.decode()


def test_a_fault_of_ours_is_a_page_that_says_nothing_of_it(site, monkeypatch):
    def fail(edition):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("maillage.web.views.home.families", fail)
    site.raise_request_exception = False
    answer = site.get("/")
    assert answer.status_code == 500
    html = answer.content.decode()
    assert "Le site a rencontré une erreur" in html
    assert "secret" not in html


def test_search_is_limited_for_each_address(site, settings):
    settings.SEARCHES_PER_MINUTE = 3
    asked = [site.get("/recherche/suggestions/?q=arcy") for _ in range(4)]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
    assert asked[-1]["Retry-After"] == "60"
    other = site.get("/recherche/suggestions/?q=arcy", REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 200
