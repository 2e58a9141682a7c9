"""A presentation of our own look: titles, sentences, tables and charts that stay editable."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

_rgb: Any = RGBColor.from_string  # the library has no types
INK, SOFT, WHITE, TINT = map(_rgb, ("17262B", "4C5C62", "FFFFFF", "E4EFEE"))
BRAND, RIPE, OUT, IN = map(_rgb, ("0D5257", "8A5A00", "AD4A0D", "1C66A6"))
FONT = "Calibri"  # on every office machine; elsewhere its metric twin stands in
WIDTH, HEIGHT, MARGIN = Inches(13.333), Inches(7.5), Inches(0.65)
INNER = Emu(WIDTH - 2 * MARGIN)
TOP = Inches(1.45)
_chart_data: Any = CategoryChartData
_TITLE_ONLY = 5  # layouts of the empty presentation


@dataclass(frozen=True)
class Box:
    """Where something stands on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


FULL = Box(MARGIN, TOP, INNER, Inches(5.2))
LEFT = Box(MARGIN, TOP, Emu(int(INNER * 0.47)), Inches(5.2))
RIGHT = Box(Emu(int(MARGIN + INNER * 0.5)), TOP, Emu(int(INNER * 0.5)), Inches(5.2))


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name, its values, its colour."""

    name: str
    values: Sequence[float | None]
    color: RGBColor


@dataclass
class Deck:
    """Slides added one by one; ``foot`` stands at the bottom of each."""

    title: str
    foot: str
    presentation: Any = field(default_factory=Presentation)

    def __post_init__(self) -> None:
        self.presentation.slide_width, self.presentation.slide_height = WIDTH, HEIGHT
        known = self.presentation.core_properties
        known.title, known.author, known.language = self.title, "Maillage", "fr-FR"

    def slide(self, title: str, size: int = 28) -> Any:
        """A slide with its title, a real one: the outline and screen readers find it."""
        added = self.presentation.slides.add_slide(self.presentation.slide_layouts[_TITLE_ONLY])
        box = added.shapes.title
        box.left, box.top, box.width, box.height = MARGIN, Inches(0.4), INNER, Inches(0.9)
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        write(box.text_frame, [title], size=size, bold=True, color=BRAND)
        write(_text(added, Box(MARGIN, Inches(6.95), INNER, Inches(0.35))), [self.foot], size=10)
        return added

    def opening(self, lines: Sequence[str], tag: str) -> None:
        """The first slide: the title in large, a few lines, what must be known of the data."""
        slide = self.slide(self.title, size=40)
        slide.shapes.title.top, slide.shapes.title.height = Inches(1.7), Inches(1.7)
        write(_text(slide, Box(MARGIN, Inches(3.5), INNER, Inches(2))), lines, size=20)
        if tag:
            box = Box(MARGIN, Inches(0.7), INNER, Inches(0.5))
            write(_text(slide, box), [tag], size=18, bold=True, color=RIPE)

    def sentences(self, title: str, lines: Sequence[str], size: int = 16) -> None:
        slide = self.slide(title)
        write(_text(slide, FULL), lines, size=size, color=INK, space=10)

    def saved(self) -> bytes:
        stream = BytesIO()
        self.presentation.save(stream)
        return stream.getvalue()


def write(
    frame: Any,
    lines: Sequence[str],
    *,
    size: int,
    bold: bool = False,
    color: RGBColor = SOFT,
    space: int = 4,
    align: Any = PP_ALIGN.LEFT,
) -> None:
    """Paragraphs of one look, marked as French."""
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = align, Pt(space)
        run = paragraph.add_run()
        run.text = line
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
        run.font.color.rgb = color
        run._r.get_or_add_rPr().set("lang", "fr-FR")


def add_table(
    slide: Any, box: Box, rows: Sequence[Sequence[str]], widths: Sequence[float], said: str,
    *, right: Sequence[int] | None = None,
) -> None:  # fmt: skip
    """A native table, its first row the headings; ``widths`` share that of the box.

    ``right``: the columns of numbers, all but the first unless said.
    """
    shape = slide.shapes.add_table(len(rows), len(rows[0]), box.left, box.top, box.width, Emu(0))
    _describe(shape, said)
    table = shape.table
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(box.width * width / sum(widths)))
    for i, row in enumerate(rows):
        table.rows[i].height = Inches(0.34)
        for j, text in enumerate(row):
            left = j == 0 if right is None else j not in right
            _cell(table.cell(i, j), text, bold=i == 0 or j == 0, tinted=i == 0, left=left)


def add_bars(
    slide: Any, box: Box, categories: Sequence[str], series: Sequence[Series], said: str,
    *, stacked: bool = False, form: str = "#,##0", every: bool = False,
) -> None:  # fmt: skip
    """A native chart of horizontal bars, the first category at the top.

    ``every``: all the parts of a stack have their label.
    """
    data = _chart_data()
    data.categories = list(categories)
    for one in series:
        data.add_series(one.name, list(one.values))
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    shape = slide.shapes.add_chart(kind, box.left, box.top, box.width, box.height, data)
    _describe(shape, said)
    chart = shape.chart
    chart.has_legend, chart.font.size, chart.font.name = True, Pt(12), FONT
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = SOFT
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    plot = chart.plots[0]
    plot.gap_width = 55 if len(categories) > 3 else 160
    if stacked:
        plot.overlap = 100
    for shown, one in zip(plot.series, series, strict=True):
        shown.format.fill.solid()
        shown.format.fill.fore_color.rgb = one.color
    # Stacked, only the first part is wide enough to hold its label.
    for shown in [*plot.series][: 1 if stacked and not every else None]:
        _label(shown.data_labels, form, inside=stacked)


def _label(labels: Any, form: str, *, inside: bool) -> None:
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, form, False
    labels.font.size = Pt(11)
    if inside:
        labels.font.color.rgb = WHITE


def _text(slide: Any, box: Box) -> Any:
    return slide.shapes.add_textbox(box.left, box.top, box.width, box.height).text_frame


def _cell(cell: Any, text: str, *, bold: bool, tinted: bool, left: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = TINT if tinted else WHITE
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(
        cell.text_frame,
        [text],
        size=12,
        bold=bold,
        color=INK,
        space=0,
        align=PP_ALIGN.LEFT if left else PP_ALIGN.RIGHT,
    )


def _describe(shape: Any, said: str) -> None:
    """What a screen reader says of it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", said)
