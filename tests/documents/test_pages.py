"""Printed documents keep to their pages, are tagged, and say everything a figure must carry."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from maillage.documents.pages.dossier import dossier_pdf
from maillage.documents.pages.portrait import portrait_pdf
from maillage.documents.pages.printer import HOME, pictures
from maillage.drawing.locator import locator_map
from maillage.drawing.pair_map import pair_map
from maillage.engine.edition import current_edition
from maillage.observatory.directory import containing
from maillage.observatory.pair import apart, pair
from maillage.observatory.portrait import portrait
from maillage.territory.perimeter import Perimeter, parse_perimeter
from maillage.wording.portrait import portrait_text

ADDRESS = "https://maillage.example.org/territoires/x/"
A4 = (595, 842)


def dossier(edition, here, other):
    rest = apart(edition, here, other)[0]
    drawing = pair_map(edition, here, rest)
    return dossier_pdf(pair(edition, here, other), drawing, ADDRESS)


def printed(edition, here):
    answer = portrait(edition, here, limit=5)
    text = portrait_text(answer, edition, here, ADDRESS)
    drawing = locator_map(edition, here.id)
    return portrait_pdf(answer, text, containing(edition, here), drawing, ADDRESS)


def read(content):
    return PdfReader(BytesIO(content))


def text(reader) -> str:
    """All pages, whatever breaks the lines."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def check_tagged(reader, title):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr-FR"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == title
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    for page in reader.pages:
        assert tuple(round(side) for side in page.mediabox[2:]) == A4


@pytest.fixture(scope="module")
def epci(demo_edition):
    """The EPCI of the demo country, by decreasing length of their names."""
    geography = demo_edition.geography
    mesh = geography.mesh("epci")
    codes = sorted(mesh.codes, key=lambda code: -len(mesh.names[mesh.index[code]]))
    return [parse_perimeter(code, geography) for code in codes]


def test_a_dossier_has_two_pages_and_everything_on_them(demo_edition, epci):
    here, other = epci[10], epci[11]
    reader = read(dossier(demo_edition, here, other))
    assert len(reader.pages) == 2
    check_tagged(reader, f"{here.name} et {other.name}".replace("'", "’"))
    found = text(reader)
    for said in (
        "Données fictives",
        "Ce qu’ils échangent",
        "Navettes domicile-travail",
        "Ce qu’ils couvriraient ensemble",
        "n’observe aucun échange",
        "Sources",
        "données fictives, au format",
        f"communes au 1er janvier {demo_edition.geography.cog}",
        demo_edition.id,
        ADDRESS,
    ):
        assert said in found, said


def test_the_longest_names_keep_to_two_pages(demo_edition, epci):
    assert len(read(dossier(demo_edition, epci[0], epci[1])).pages) == 2
    names = [f"{perimeter.name} {'et de ses environs ' * 5}" for perimeter in epci[:2]]
    long = [
        Perimeter(p.id, name, p.level, p.nature, p.cog, p.communes)
        for p, name in zip(epci, names, strict=False)
    ]
    assert len(read(dossier(demo_edition, *long)).pages) == 2


def test_one_map_leaves_ink_on_the_page(demo_edition, epci):
    """A picture of each page, as one would look at it."""
    from maillage.documents.pages.dossier import dossier_content

    answer = pair(demo_edition, epci[2], epci[3])
    drawing = pair_map(demo_edition, epci[2], epci[3])
    assert drawing.here != drawing.other
    found = pictures("dossier", dossier_content(answer, drawing, ADDRESS), most=2, ppi=20)
    assert len(found) == 2
    assert all(picture.startswith(b"\x89PNG") for picture in found)


def test_the_same_answer_gives_the_same_bytes(demo_edition, epci):
    assert dossier(demo_edition, epci[4], epci[5]) == dossier(demo_edition, epci[4], epci[5])


def test_a_country_without_quantities_says_what_is_missing(tiny_editions):
    edition = current_edition(tiny_editions)
    here, other = (parse_perimeter(id, edition.geography) for id in ("200000001", "200000002"))
    reader = read(dossier(edition, here, other))
    assert len(reader.pages) == 2
    found = text(reader)
    assert "n’a aucun fichier" in found
    assert "n’a pas, pour une même année" in found
    assert "1 634" in found.replace("\u202f", " ")


def test_without_a_contour_there_is_no_map_and_still_a_dossier(tiny_editions):
    edition = current_edition(tiny_editions)
    here, other = (parse_perimeter(id, edition.geography) for id in ("01001", "200000001"))
    assert pair_map(edition, here, apart(edition, here, other)[0]) is None
    reader = read(dossier(edition, here, other))
    assert len(reader.pages) == 2
    assert "1 commune en partage" in text(reader).replace("\u00a0", " ")


def test_a_portrait_is_tagged_and_holds_its_families(demo_edition, epci):
    reader = read(printed(demo_edition, epci[0]))
    assert 2 <= len(reader.pages) <= 4
    check_tagged(reader, epci[0].name.replace("'", "’"))
    found = text(reader)
    for card in demo_edition.catalog.flows.values():
        assert card.title in found
    assert "Données fictives" in found
    assert ADDRESS in found


def test_a_portrait_of_a_commune_says_what_is_missing(tiny_editions):
    edition = current_edition(tiny_editions)
    reader = read(printed(edition, parse_perimeter("02002", edition.geography)))
    found = text(reader)
    assert "n’a aucun fichier" in found
    assert "non donné" in found


def test_names_that_look_like_code_are_only_names(demo_edition, epci):
    """Typst markup in a name is text, never run."""
    p = epci[0]
    name = '#panic("x") *gras* $x$ \\ "'
    odd = Perimeter(p.id, name, p.level, p.nature, p.cog, p.communes)
    assert '#panic("x") *gras* $x$' in text(read(dossier(demo_edition, odd, epci[1])))


def test_fonts_come_with_the_package():
    fonts = {path.name for path in (HOME / "fonts").glob("*.ttf")}
    assert fonts == {"Figtree-Regular.ttf", "Figtree-SemiBold.ttf", "Figtree-ExtraBold.ttf"}
    assert (HOME / "fonts" / "OFL.txt").is_file()
