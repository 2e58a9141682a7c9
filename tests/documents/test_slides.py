"""Slides open, have real titles, native tables and charts, and the figures of the answer."""

from io import BytesIO

import pytest
from pptx import Presentation

from maillage.documents.slides.dossier import dossier_slides
from maillage.documents.slides.portrait import portrait_slides
from maillage.engine.edition import current_edition
from maillage.observatory.pair import pair
from maillage.observatory.portrait import portrait
from maillage.territory.perimeter import parse_perimeter
from maillage.wording.portrait import portrait_text

ADDRESS = "https://maillage.example.org/territoires/x/"


def opened(content):
    return Presentation(BytesIO(content))


def texts(deck):
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return found


def check_readable(deck):
    """Each slide has a title of its own; whatever is no text says what it is; nothing overflows."""
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


@pytest.fixture(scope="module")
def two(demo_edition):
    geography = demo_edition.geography
    return [parse_perimeter(code, geography) for code in geography.mesh("epci").codes[:2]]


def test_a_dossier_is_six_slides_with_native_charts(demo_edition, two):
    answer = pair(demo_edition, *two)
    deck = opened(dossier_slides(answer, ADDRESS))
    assert len(deck.slides) == 6
    check_readable(deck)
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 2
    commuting = answer.flows[0].exchange
    assert charts[0].plots[0].series[0].values[0] == pytest.approx(commuting.outgoing)
    found = " ".join(texts(deck))
    assert "Données fictives" in found
    assert "n’observe" in found or "théorique" in found
    assert ADDRESS in found


def test_without_quantities_there_is_no_chart_of_them(tiny_editions):
    edition = current_edition(tiny_editions)
    here, other = (parse_perimeter(id, edition.geography) for id in ("200000001", "200000002"))
    deck = opened(dossier_slides(pair(edition, here, other), ADDRESS))
    check_readable(deck)
    charts = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1
    assert "n. d." in texts(deck)


@pytest.mark.parametrize("territory", ["200000002", "02002", "01001+02001"])
def test_a_portrait_has_its_families(tiny_editions, territory):
    edition = current_edition(tiny_editions)
    here = parse_perimeter(territory, edition.geography)
    answer = portrait(edition, here, limit=5)
    deck = opened(portrait_slides(answer, portrait_text(answer, edition, here, ADDRESS), ADDRESS))
    assert 4 <= len(deck.slides) <= 6
    check_readable(deck)
    found = texts(deck)
    assert any(text.startswith("Navettes domicile-travail") for text in found)
    assert deck.core_properties.language == "fr-FR"


def test_a_portrait_of_the_demo_country(demo_edition, two):
    answer = portrait(demo_edition, two[0], limit=5)
    text = portrait_text(answer, demo_edition, two[0], ADDRESS)
    deck = opened(portrait_slides(answer, text, ADDRESS))
    assert len(deck.slides) == 6
    check_readable(deck)
