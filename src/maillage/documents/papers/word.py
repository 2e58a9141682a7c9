"""Papers for Word: the template made from the blocks, and any such template filled."""

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from maillage.documents.papers.blocks import (
    FORMS,
    Block,
    Blocks,
    Context,
    Each,
    Facts,
    Listing,
    Paper,
    Turn,
    When,
    Words,
)
from maillage.documents.papers.filling import TemplateRefusedError, environment
from maillage.documents.writers.xlsx import BRAND, INK, TINT

_WIDTH = 17.0  # centimetres of text
_SIZES = {"Title": 22, "Heading 1": 14, "Heading 2": 11.5, "Normal": 10.5}
_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "item": "Heading 3",
    "bullet": "List Bullet",
    "subbullet": "List Bullet 2",
    "note": "Quote",
}


def docx(name: str, context: Context, folder: Path | None = None) -> bytes:
    """The template ``name`` filled; that of the site’s own ``folder`` when it has one."""
    own = None if folder is None else folder / f"{name}.docx"
    path = own if own is not None and own.is_file() else FORMS / f"{name}.docx"
    template: Any = DocxTemplate(path)
    try:
        template.render(dict(context), environment(autoescape=True), autoescape=True)
    except TemplateError as error:
        raise TemplateRefusedError(path.name, error) from error
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def docx_template(paper: Paper) -> bytes:
    """The blocks as a template: expressions stay, loops are paragraphs of their own."""
    document: Any = Document()
    _style(document)
    document.core_properties.title = paper.title
    document.core_properties.author = "Maillage"
    document.core_properties.language = "fr-FR"
    _foot(document, paper.running)
    _blocks(document, paper.blocks)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _style(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.bold = name != "Normal"
        colour = INK if name == "Normal" else BRAND
        style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(part), "Calibri")
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    third = document.styles["Heading 3"].font
    third.name, third.size, third.color.rgb = "Calibri", Pt(10.5), RGBColor.from_string("17262B")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    grid = document.styles["Table Grid"].element.find(f".//{qn('w:tblBorders')}")
    for edge in grid:
        edge.set(qn("w:color"), "DDD8CC")
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        document.styles["Title"].element.pPr.remove(border)


def _foot(document: Any, running: str) -> None:
    line = document.sections[0].footer.paragraphs[0]
    run = line.add_run(f"{running}\t\t")
    run.font.size = Pt(8)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        field = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            field.set(qn("w:fldCharType"), kind)
        field.text = text
        mark = line.add_run()
        mark.font.size = Pt(8)
        mark._r.append(field)


def _blocks(document: Any, blocks: Blocks) -> None:
    for block in blocks:
        _block(document, block)


def _block(document: Any, block: Block) -> None:
    match block:
        case Words():
            _words(document, block)
        case Facts():
            _facts(document, block)
        case Listing():
            _table(document, block)
        case Each():
            _within(document, f"for {block.one} in {block.each}", "endfor", block.blocks)
        case When():
            _within(document, f"if {block.when}", "endif", block.blocks)
        case Turn():
            document.add_page_break()


def _within(document: Any, opening: str, closing: str, blocks: Blocks) -> None:
    document.add_paragraph(f"{{%p {opening} %}}")
    _blocks(document, blocks)
    document.add_paragraph(f"{{%p {closing} %}}")


def _words(document: Any, block: Words) -> None:
    line = document.add_paragraph(block.text, style=_STYLES.get(block.role))
    run = line.runs[0]
    if block.role == "band":
        run.font.bold, run.font.size = True, Pt(9)
        run.font.color.rgb = RGBColor.from_string(BRAND.removeprefix("#"))
    elif block.role == "small":
        run.font.size = Pt(8.5)
    elif block.role == "lead":
        run.font.size = Pt(11.5)


def _facts(document: Any, block: Facts) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, text in block.facts:
        cells = table.add_row().cells
        _cell(cells[0], label, bold=True, ground=TINT)
        _cell(cells[1], text)
    _wide(table, (0.3, 0.7))
    document.add_paragraph()


def _table(document: Any, block: Listing) -> None:
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.LEFT
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        _cell(cell, column.label, bold=True, right=column.right, ground=TINT)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    table.add_row().cells[0].text = f"{{%tr for row in {block.rows} %}}"
    written = table.add_row()
    if block.room:
        written.height, written.height_rule = Cm(block.room), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, column in zip(written.cells, block.columns, strict=True):
        _cell(cell, column.text, right=column.right)
    table.add_row().cells[0].text = "{%tr endfor %}"
    if block.total:
        for cell, text, column in zip(
            table.add_row().cells, block.total, block.columns, strict=True
        ):
            _cell(cell, text, bold=True, right=column.right)
    whole = sum(column.width for column in block.columns)
    _wide(table, tuple(column.width / whole for column in block.columns))
    document.add_paragraph()


def _cell(
    cell: Any, text: str, *, bold: bool = False, right: bool = False, ground: str = ""
) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run(text)
    run.font.bold, run.font.size = bold, Pt(9.5)
    if ground:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), ground.removeprefix("#"))
        cell._tc.get_or_add_tcPr().append(shade)


def _wide(table: Any, shares: tuple[float, ...]) -> None:
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(_WIDTH * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Cm(_WIDTH * share)
