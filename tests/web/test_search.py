"""Search as a page, for those without JavaScript, and as JSON for the others."""


def test_the_form_works_without_javascript(site):
    html = site.get("/recherche/", {"q": "corvol"}).content.decode()
    assert "1\u00a0territoire pour" in html
    assert 'href="/territoires/02001/"' in html
    assert "Commune, Amont" in html


def test_what_was_typed_is_escaped(site):
    html = site.get("/recherche/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in html
    assert "Aucun territoire" in html


def test_suggestions_name_kind_and_address(site):
    answer = site.get("/recherche/suggestions/", {"q": "dunes"}).json()
    assert answer["said"] == "2\u00a0territoires trouvés"
    assert answer["territories"][1] == {
        "id": "02002",
        "name": "Dunes-sur-Mer",
        "detail": "Commune, Amont, 54\u202f000\u00a0habitants",
        "url": "/territoires/02002/",
    }


def test_names_are_set_and_not_escaped_twice(site):
    """The official files write a straight apostrophe."""
    [hit, *_] = site.get("/recherche/suggestions/", {"q": "bellerive"}).json()["territories"]
    assert hit["detail"] == "Commune, L’Aval, 3\u202f400\u00a0habitants"
    assert hit["detail"] in site.get("/recherche/", {"q": "bellerive"}).content.decode()


def test_a_misspelt_name_is_found(site):
    answer = site.get("/recherche/suggestions/", {"q": "Dune sur mère"}).json()
    assert answer["territories"][0]["name"] == "Dunes-sur-Mer"


def test_nothing_typed_nothing_found(site):
    assert site.get("/recherche/suggestions/").json()["territories"] == []
    assert "<h2>" not in site.get("/recherche/").content.decode()
