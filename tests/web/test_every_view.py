"""Every view of the observatory, walked: its files, its remarks, the picture it is shared with."""

import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from PIL import Image

from maillage.documents.formats import MAP_FORMATS, TABLE_FORMATS
from maillage.participation.about import subject_label

TABLES, LAYERS, PICTURES = tuple(TABLE_FORMATS), tuple(MAP_FORMATS), ("png", "svg")
#: The path of each view on two EPCI of the demo, and what its menus have to offer.
VIEWS = {
    "/territoires/{a}/": (*TABLES, *LAYERS),
    "/territoires/{a}/flux/domicile-travail/": (*TABLES, *LAYERS, *PICTURES),
    "/territoires/{a}/flux/domicile-travail/approfondir/": (*TABLES, *LAYERS, *PICTURES),
    "/territoires/{a}/cooperer/": (*TABLES, *LAYERS, *PICTURES),
    "/territoires/{a}/cooperer/{b}/": (*TABLES, *LAYERS, *PICTURES),
    "/territoires/{a}/bilans/": (*TABLES, *LAYERS, *PICTURES),
    "/territoires/{a}/bilans/energie/": (*TABLES, *LAYERS, *PICTURES),
    "/territoires/{a}/dotations/": (*TABLES, *LAYERS),
    "/comparer/?t={a}&t={b}": (*TABLES, *LAYERS, *PICTURES),
    "/repartition-des-credits/": (*TABLES, *LAYERS),
    "/perimetre/?avec={a}%2B{b}": (*TABLES, *LAYERS),
    "/methode/": TABLES,
    "/sources/": TABLES,
}
SHARED = [
    "/territoires/{a}/",
    "/territoires/{a}/flux/domicile-travail/",
    "/territoires/{a}/cooperer/",
    "/territoires/{a}/cooperer/{b}/",
    "/territoires/{a}/bilans/",
    "/comparer/?t={a}&t={b}",
]
#: Views with figures; each link to comment has to say of which.
DISCUSSED = [
    view for view in VIEWS if view not in ("/methode/", "/sources/", "/perimetre/?avec={a}%2B{b}")
]


@pytest.fixture
def walk(client, settings, static_root, demo_editions, demo_edition):
    """The page of a view, on the demo country."""
    settings.STATIC_ROOT, settings.EDITIONS, settings.DEBUG = static_root, demo_editions, False
    settings.DOWNLOADS_PER_MINUTE = 1_000
    cache.clear()
    a, b = demo_edition.geography.mesh("epci").codes[5:7]

    def open_page(view: str) -> str:
        answer = client.get(view.format(a=a, b=b), follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    return open_page


def offered(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]*telecharger\.[^"]*)"', html)]


def format_of(address: str) -> str:
    return urlsplit(address).path.rpartition("telecharger.")[2]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_offers_its_files(walk, client, view):
    files = offered(walk(view))
    assert {format_of(file) for file in files} >= set(VIEWS[view])
    for file in (file for file in files if format_of(file) in ("csv", "geojson", "svg")):
        answer = client.get(file)
        assert answer.status_code == 200, file
        assert answer.content


@pytest.mark.parametrize("format", [*LAYERS, "png"])
@pytest.mark.parametrize(
    "view",
    ["/territoires/{a}/cooperer/{b}/", "/territoires/{a}/cooperer/", "/comparer/?t={a}&t={b}"],
)
def test_layers_and_pictures_are_whole(walk, client, view, format):
    [file] = {file for file in offered(walk(view)) if format_of(file) == format}
    answer = client.get(file)
    assert answer.status_code == 200
    assert len(answer.content) > 2_000


@pytest.mark.parametrize("view", SHARED)
def test_a_shared_link_shows_what_the_page_draws(walk, client, view):
    [address] = re.findall(r'<meta property="og:image" content="([^"]*)">', walk(view))
    found = urlsplit(unescape(address))
    assert found.scheme == "http"
    picture = client.get(f"{found.path}?{found.query}")
    assert picture["Content-Type"] == "image/png"
    width, height = Image.open(io.BytesIO(picture.content)).size
    assert width >= 1_200
    assert height >= 400


def test_the_first_page_is_shared_with_a_neutral_picture(walk):
    [address] = re.findall(r'<meta property="og:image" content="([^"]*)">', walk("/"))
    assert "/partage." in address


@pytest.mark.parametrize("view", DISCUSSED)
def test_every_remark_says_its_subject(walk, demo_edition, view):
    links = re.findall(r'class="remark-link"[^>]*href="([^"]*)"', walk(view))
    assert links
    for link in links:
        [subject] = parse_qs(urlsplit(unescape(link)).query).get("sujet", [""])
        assert subject_label(demo_edition, subject), link
