"""The pack for PowerPoint: tables and charts stay native, to be corrected before the meeting."""

from typing import Any

from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from maillage.documents.committee.slides import TONES, Bars, Figure, Pack, Slide, Table
from maillage.documents.slides import deck as native
from maillage.documents.slides.deck import BRAND, INNER, MARGIN, RIPE, Box, Deck, write

_FIGURES = Box(MARGIN, Inches(1.35), INNER, Inches(1.1))
_FOOT = Inches(6.8)
_BARE, _UNDER = Inches(1.45), Inches(2.65)
_GAP = Inches(0.35)


def pptx_pack(pack: Pack) -> bytes:
    """The bytes of the presentation."""
    deck = Deck(pack.title, pack.foot)
    deck.opening(pack.lead, pack.tag)
    for slide in pack.slides:
        _slide(deck, slide)
    return deck.saved()


def _slide(deck: Deck, slide: Slide) -> None:
    made = deck.slide(slide.title)
    if slide.figures:
        _figures(made, slide.figures)
    top = _UNDER if slide.figures else _BARE
    height = Emu(_FOOT - top - (Inches(0.35) if slide.note else 0))
    for box, part in zip(_boxes(top, height, len(slide.parts)), slide.parts, strict=True):
        _part(made, box, part)
    if slide.lines:
        box = Box(MARGIN, top, INNER, height)
        size = 20 if len(slide.lines) < 6 else 16
        write(_text(made, box), slide.lines, size=size, color=native.INK, space=12)
    if slide.note:
        write(_text(made, Box(MARGIN, Inches(6.5), INNER, Inches(0.4))), [slide.note], size=12)


def _boxes(top: int, height: int, count: int) -> list[Box]:
    if count < 2:
        return [Box(MARGIN, top, INNER, height)] * count
    half = (INNER - _GAP) // 2
    return [Box(MARGIN, top, half, height), Box(MARGIN + half + _GAP, top, half, height)]


def _part(slide: Any, box: Box, part: Table | Bars) -> None:
    if isinstance(part, Table):
        native.add_table(slide, box, part.rows, part.widths, part.said, right=part.right)
        return
    series = [
        native.Series(one.name, [value or None for value in one.values], _rgb(TONES[one.tone]))
        for one in part.series
    ]
    native.add_bars(
        slide, box, part.categories, series, part.said, stacked=True, form=part.form, every=True
    )


def _rgb(code: str) -> Any:
    found: Any = RGBColor.from_string
    return found(code)


def _figures(slide: Any, figures: tuple[Figure, ...]) -> None:
    width = INNER // len(figures)
    for number, figure in enumerate(figures):
        box = Box(_FIGURES.left + number * width, _FIGURES.top, width, _FIGURES.height)
        frame = _text(slide, box)
        colour = RIPE if figure.label.startswith(("Reste", "Bloqu")) else BRAND
        write(frame, [figure.label], size=14, space=0)
        line = frame.add_paragraph()
        run = line.add_run()
        run.text, run.font.size, run.font.bold = figure.value, Pt(28), True
        run.font.name, run.font.color.rgb = native.FONT, colour
        if figure.note:
            note = frame.add_paragraph().add_run()
            note.text, note.font.size, note.font.name = figure.note, Pt(11), native.FONT


def _text(slide: Any, box: Box) -> Any:
    return slide.shapes.add_textbox(box.left, box.top, box.width, box.height).text_frame
