"""Names on a map never cover each other, nor leave the map, in the very font of the site."""

from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageFont

from maillage.documents.pages import printer
from maillage.drawing.flow_panels import Panel
from maillage.drawing.frames import Frame
from maillage.drawing.labels import PHONE, SIZE, Label, spread, width

FONT = Path(printer.__file__).parent / "fonts" / "Figtree-ExtraBold.ttf"
LETTERS = "aeinrstulomcdpMWJLCSÉÎœæçàé -’' .0123456789"
names = st.text(LETTERS, min_size=1, max_size=45)
places = st.tuples(st.floats(0, 720), st.floats(0, 560))


class Flat(Panel):
    """A panel whose points are where they say."""

    def point(self, shape):
        return shapely.get_coordinates(shape)[0]


@pytest.fixture(scope="module")
def font():
    return ImageFont.truetype(str(FONT), 1_000)


def panel() -> Flat:
    frame = Frame(np.array([0.0, 0.0, 1.0, 1.0]), 720, 560)
    return Flat(piece=0, name="", frame=frame, left=0, top=0, rows=())


def placed(texts, points) -> tuple[Label, ...]:
    marks = [SimpleNamespace(code=str(n), label=text) for n, text in enumerate(texts[1:], 1)]
    ends = [(mark, np.array(point), False) for mark, point in zip(marks, points[1:], strict=True)]
    return spread(panel(), shapely.Point(points[0]), texts[0], ends)


def box(font, label: Label, size: float):
    half = font.getlength(label.text) / 1_000 * size / 2
    return shapely.box(label.x - half, label.y - size, label.x + half, label.y + size / 4)


@given(st.lists(st.tuples(names, places), min_size=1, max_size=9))
@settings(max_examples=60)
def test_none_covers_another_on_any_screen(font, drawn):
    texts, points = zip(*drawn, strict=True)
    labels = placed(texts, points)
    on_phone = [label for label in labels if label.always]
    for shown, size in ((on_phone, PHONE), (labels, SIZE)):
        boxes = [box(font, label, size) for label in shown]
        assert not any(one.intersects(other) for one, other in combinations(boxes, 2))


@given(names, places)
def test_a_name_stays_on_the_map(font, text, point):
    for label in placed([text], [point]):
        left, top, right, bottom = box(font, label, PHONE if label.always else SIZE).bounds
        assert 0 <= left <= right <= 720
        assert 0 <= top <= bottom <= 560


@given(st.text(LETTERS, max_size=30))
def test_a_name_is_never_wider_than_said(font, text):
    assert font.getlength(text) / 1_000 <= width(text) + 1e-9


def test_the_first_are_named_first():
    labels = placed(["Ici", "Premier", "Second"], [(300, 300), (300, 320), (300, 322)])
    assert labels[0].text == "Ici"
    assert "Second" not in {label.text for label in labels if label.always}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("CC du Pays de Saint-Martin-du-Pré", "Pays de Saint-Martin-du-Pré"),
        ("CA d'Épinal, la communauté aux 78 communes", "Épinal, la communauté aux 7…"),
        ("CC de La Rochelle", "CC de La Rochelle"),
    ],
)
def test_a_long_name_loses_its_nature_before_its_end(name, shown):
    [label] = placed([name], [(360, 280)])
    assert label.text == shown
