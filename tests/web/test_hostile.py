"""Every address of the site, filled with what it does not expect: never a fault of ours."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
SOUND = {"territory": "200000001", "slug": "commuting", "card": "commuting", "int": "1"}
HOSTILE = [
    "'%20or%201=1--",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "%0d%0aSet-Cookie:x=1",
    "<script>alert(1)</script>",
    "%F0%9F%92%A5",
    "%ff%fe",
    "9" * 400,
    "+".join(f"{number:05}" for number in range(10_000)),
    "z25." + "A" * 2000,
    "__class__",
    "200000001+inconnu",
]
NAMES = (
    *("annee", "maille", "sens", "seuil", "partenaire", "q", "t", "page", "sujet", "territoire"),
    *("avec", "sans", "nom", "theme", "rayon", "format", "etat", "sur", "valeur", "next", "liste"),
)


def routes(patterns=None, before="") -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from routes(pattern.url_patterns, path)


ROUTES = sorted({f"/{path}" for path in routes()})


def filled(path: str, hostile: str, position: int) -> str:
    """The route with one parameter hostile, the others sound."""
    found = list(PARAMETER.finditer(path))
    for rank, match in reversed(list(enumerate(found))):
        value = hostile if rank == position else SOUND.get(match[1] or "", "commuting")
        path = path[: match.start()] + value + path[match.end() :]
    return path


def check(answer, path: str) -> None:
    assert answer.status_code < 500, (path[:200], answer.status_code)
    if answer["Content-Type"].startswith("text/html") and not answer.streaming:
        assert b"<script>alert" not in answer.content, path[:200]


@pytest.mark.parametrize("path", [path for path in ROUTES if PARAMETER.search(path)])
def test_hostile_parts_of_an_address(site, path):
    for position in range(len(PARAMETER.findall(path))):
        for hostile in HOSTILE:
            address = filled(path, hostile, position)
            answer = site.get(address)
            check(answer, address)


@pytest.mark.parametrize("path", ROUTES)
def test_hostile_parameters_of_an_address(site, settings, path):
    settings.SEARCHES_PER_MINUTE = settings.API_CALLS_PER_MINUTE = 10_000
    address = filled(path, "", -1)
    for hostile in ("%00", "<script>alert(1)</script>", "nan"):
        check(site.get(f"{address}?{'&'.join(f'{name}={hostile}' for name in NAMES)}"), address)
    for name in NAMES:
        check(site.get(f"{address}?{name}=%00"), f"{address}?{name}=%00")


@pytest.mark.parametrize("path", ROUTES)
def test_hostile_posts(site, path):
    address = filled(path, "", -1)
    check(site.post(address, {"text": "<script>alert(1)</script>\x00", "revision": "x"}), address)
    check(site.post(address, b"\xff\xfe{", content_type="application/json"), address)
