"""What every answer carries for the browser: its safety and its version."""

import pytest

from maillage.engine.edition import current_edition


@pytest.mark.parametrize("page", ["/", "/territoires/", "/absent/", "/recherche/suggestions/?q=a"])
def test_headers_of_safety(site, page):
    answer = site.get(page)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not answer.cookies


def test_an_unknown_host_is_refused(site):
    assert site.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_page_is_not_sent_twice(site, tiny_editions):
    first = site.get("/territoires/")
    assert current_edition(tiny_editions).id in first["ETag"]
    again = site.get("/territoires/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_another_edition_makes_another_version(site, settings, tmp_path, write_real_edition):
    first = site.get("/territoires/")
    settings.EDITIONS = write_real_edition(tmp_path)
    again = site.get("/territoires/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200


def test_faults_are_not_kept(site):
    assert "ETag" not in site.get("/absent/")


def test_pages_are_compressed(site):
    answer = site.get("/territoires/", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"


def test_static_files_are_named_by_their_content_and_kept(site, static_root):
    html = site.get("/").content.decode()
    name = html.partition('rel="stylesheet" href="/static/')[2].partition('"')[0]
    assert (static_root / name).is_file()
    assert (static_root / f"{name}.gz").is_file()
