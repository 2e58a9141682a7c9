"""« Non modifié », told in front of Django: when it is, and when the site itself must answer."""

import pytest
from django.conf import settings as configured
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from maillage.web.unmodified import Unmodified

PAGE = "/territoires/200000001/"


@pytest.fixture
def asked(site):
    """Asks an address with the version of ``PAGE``; tells whether the site was reached."""
    etag = site.get(PAGE)["ETag"]

    def ask(path=PAGE, tag=etag, method="GET", **more):
        told = {"by": "front"}

        def reached(environ, start):
            told["by"] = "site"
            return []

        def start(status, headers):
            told.update(status=status, headers=dict(headers))

        environ = RequestFactory(headers={"If-None-Match": tag} if tag else {}, **more)
        assert Unmodified(reached)(environ.generic(method, path).environ, start) == []
        return told

    return ask


@pytest.mark.parametrize("tag", ["{}", "W/{}", '"other", W/{}', '"other",{}'])
def test_a_known_page_reaches_neither_the_site_nor_the_base(asked, site, tag):
    """Nothing here may reach the base: the test has not asked for one."""
    etag = site.get(PAGE)["ETag"]
    told = asked(tag=tag.format(etag))
    assert told["status"].startswith("304")
    assert told["headers"] == {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Cookie"}


@pytest.mark.parametrize(
    "more",
    [
        {"tag": ""},
        {"tag": '"other"'},
        {"method": "POST"},
        {"HTTP_COOKIE": f"a=b; {configured.SESSION_COOKIE_NAME}=x"},
        {"path": "/absent/"},
        {"path": "/contrats/"},
        {"path": "/api/v1/territories/200000001"},
        {"path": "/integrer/territoires/200000001/flux/domicile-travail/"},
    ],
    ids=str,
)
def test_the_site_answers_the_rest(asked, more):
    assert asked(**more)["by"] == "site"


def test_another_edition_is_another_version(asked, settings, tmp_path, write_real_edition):
    settings.EDITIONS = write_real_edition(tmp_path / "other")
    assert asked()["by"] == "site"
    settings.EDITIONS = tmp_path / "absent"
    assert asked()["by"] == "site"


def test_it_is_what_the_site_would_have_said(asked, site):
    headers = asked()["headers"]
    whole = site.get(PAGE)
    assert {name: whole[name] for name in ("ETag", "Cache-Control")} == {
        name: headers[name] for name in ("ETag", "Cache-Control")
    }
    assert site.get(PAGE, headers={"if-none-match": headers["ETag"]}).status_code == 304


def test_the_server_serves_it():
    from maillage.config.wsgi import application

    assert isinstance(application, Unmodified)
    assert isinstance(application.site, WSGIHandler)
