"""What programs rely on: versions, compression, other sites, limits, refusals they can read."""

import json

import pytest

from maillage.common.french import NO_BREAK
from maillage.observatory.territories import MOST_CODES

ROOT = "/api/v1"
EPCI = f"{ROOT}/territories/200000001"


def refusal(answer, status):
    assert answer.status_code == status, (answer.status_code, answer.content[:300])
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    return said


def test_an_answer_is_not_sent_twice(site):
    first = site.get(EPCI)
    again = site.get(EPCI, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"


def test_answers_are_compressed_and_open_to_other_sites(site):
    answer = site.get(f"{ROOT}/catalog/flows", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert not answer.cookies
    asked = site.options(EPCI, headers={"access-control-request-method": "GET"})
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("page", ["/", "/territoires/", "/api/"])
def test_pages_are_not_open_to_other_sites(site, page):
    assert "Access-Control-Allow-Origin" not in site.get(page)


def test_calls_are_limited_all_together(site, settings):
    settings.API_CALLS_PER_MINUTE = 3
    paths = [EPCI, f"{ROOT}/edition", "/ogc/conformance", EPCI]
    asked = [site.get(path) for path in paths]
    assert [answer.status_code for answer in asked] == [200, 200, 200, 429]
    refusal(asked[-1], 429)
    assert asked[-1]["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nulle-part", 404, ""),
        ("/territories/99999", 404, "territoire inconnu"),
        ("/territories/200000001/balance?flow=inconnu", 404, "est inconnu"),
        ("/territories/200000001/balance", 400, "il manque"),
        ("/territories/200000001/balance?flow=commuting&year=deux", 400, "entier"),
        ("/territories/200000001/balance?flow=commuting&year=1789", 400, "au moins"),
        ("/territories/200000001/balance?flow=commuting&limit=0", 400, "au moins"),
        ("/territories/200000001/balance?flow=commuting&yaer=2021", 400, "n’existe pas"),
        ("/territories/200000001/balance?flow=commuting&mesh=nulle", 404, "inconnue"),
        ("/territories/200000001/cooperation?flow=commuting&radius_km=nan", 400, ""),
        ("/territories?level=nulle", 404, "mailles possibles"),
        ("/territories?offset=-1", 400, "au moins"),
        ("/catalog/indicators/inconnu", 404, "aucune fiche"),
        ("/catalog/indicators/__class__", 404, ""),
        ("/perimeters?codes=", 400, "codes inconnus"),
        ("/perimeters?codes=01001,99999,<script>", 400, "« 99999 » et « <script> »"),
        ("/search?q=" + "a" * 200, 400, "100 caractères"),
    ],
)
def test_a_refusal_says_why(site, path, status, told):
    detail = refusal(site.get(f"{ROOT}{path}"), status)["detail"]
    assert told in detail.replace(NO_BREAK, " ").lower()


HOSTILE = [
    "../../etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%00",
    "44109%00",
    "44109%0d%0aX-Evil: 1",
    "' or 1=1 --",
    "<script>alert(1)</script>",
    "${7*7}{{7*7}}",
    "💥",
    "é" * 300,
    "9" * 7999,
    "9" * 9000,
    "+".join(["pays"] * 1600),
    "+",
    "z25." + "A" * 4000,
    "z25.%FF",
    "@",
    "__proto__",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/territories/{}",
        "/api/v1/territories/{}/portrait",
        "/ogc/collections/epci/items/{}",
        "/ogc/collections/{}/items",
        "/territoires/{}/",
    ],
)
def test_hostile_identifiers_are_refused(site, address, text):
    answer = site.get(address.format(text))
    # The whole country said 1,600 times is the whole country: known, and read once.
    known = text.startswith("pays") and "collections" not in address
    assert answer.status_code in ({200, 302} if known else {400, 404}), answer.status_code
    assert b"alert(1)</script>" not in answer.content


BODIES = {
    "no json": b"codes=44109",
    "half json": b'{"codes": ["44109"',
    "list": b"[]",
    "nothing": b"",
    "null": b"null",
    "no codes": b"{}",
    "numbers": b'{"codes": [44109]}',
    "objects": b'{"codes": [{"a": 1}]}',
    "empty": b'{"codes": []}',
    "another key": b'{"codes": ["01001"], "__class__": "x"}',
    "null byte": b'{"codes": ["01001\\u0000"]}',
    "unicode": '{"codes": ["\U0001f4a5é"]}'.encode(),
    "bad utf-8": b'{"codes": ["\xff\xfe"]}',
    "surrogate": b'{"codes": ["\\ud800"]}',
    "deep": b'{"codes": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "huge number": b'{"codes": [1' + b"0" * 5000 + b"]}",
    "nan": b'{"codes": [NaN]}',
    "unions": b'{"codes": ["01001+01002"]}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_hostile_bodies_are_refused(site, body):
    said = refusal(site.post(f"{ROOT}/perimeters", body, content_type="application/json"), 400)
    assert said["detail"]


def test_ten_thousand_codes_are_too_many(site):
    codes = [f"{number:05}" for number in range(10_000)]
    posted = site.post(f"{ROOT}/perimeters", {"codes": codes}, content_type="application/json")
    assert str(MOST_CODES) in refusal(posted, 400)["detail"]
    refusal(site.get(f"{ROOT}/perimeters?codes={','.join(codes)}"), 400)


def test_a_huge_body_is_not_read(site):
    body = json.dumps({"codes": ["01001;" * 600_000]})
    refusal(site.post(f"{ROOT}/perimeters", body, content_type="application/json"), 413)


def test_other_methods_are_refused(site):
    said = site.delete(EPCI)
    refusal(said, 405)
    assert "GET" in said["Allow"]


def test_without_edition_programs_are_told_too(site, settings, tmp_path):
    settings.EDITIONS = tmp_path
    assert "maillage build" in refusal(site.get(f"{ROOT}/edition"), 503)["remedy"]


def test_a_fault_of_ours_says_nothing_of_it(site, monkeypatch):
    def fail(*told, **more):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("maillage.api.questions.ask_portrait", fail)
    site.raise_request_exception = False
    answer = site.get(f"{EPCI}/portrait")
    refusal(answer, 500)
    assert b"secret" not in answer.content
