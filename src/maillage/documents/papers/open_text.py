"""Papers for LibreOffice: the OpenDocument template made from the blocks, and any such one filled.

As in Word, a paragraph that holds ``{%p … %}`` alone, or a row that holds ``{%tr … %}``, gives way
to its tag.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

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
from maillage.documents.papers.open_styles import CONTENT, MANIFEST, META, MIME, STYLES

_FILLED = ("content.xml", "styles.xml", "meta.xml")
_ROW = re.compile(
    r"<table:table-row\b(?:(?!</table:table-row>).)*?\{%tr(.*?)%\}"
    r"(?:(?!</table:table-row>).)*?</table:table-row>",
    re.S,
)
_PARAGRAPH = re.compile(
    r"<text:p\b[^>]*>(?:<text:span\b[^>]*>)?\s*\{%p(.*?)%\}\s*(?:</text:span>)?</text:p>", re.S
)
_ROLES = {"title": 1, "heading": 2, "subheading": 3, "item": 4}


def odt(name: str, context: Context, folder: Path | None = None) -> bytes:
    """The template ``name`` filled; that of the site’s own ``folder`` when it has one."""
    own = None if folder is None else folder / f"{name}.odt"
    path = own if own is not None and own.is_file() else FORMS / f"{name}.odt"
    filling = environment(autoescape=True, open_text=True)
    stream = io.BytesIO()
    with zipfile.ZipFile(path) as template, zipfile.ZipFile(stream, "w") as made:
        for item in template.infolist():
            data = template.read(item)
            if item.filename in _FILLED:
                text = _PARAGRAPH.sub(r"{%\1%}", _ROW.sub(r"{%\1%}", data.decode()))
                try:
                    data = filling.from_string(text).render(context).encode()
                except TemplateError as error:
                    raise TemplateRefusedError(path.name, error) from error
            made.writestr(item, data, item.compress_type)
    return stream.getvalue()


def odt_template(paper: Paper) -> bytes:
    """The blocks as a template; its first entry is the type of the file, as the format asks."""
    parts = {
        "META-INF/manifest.xml": MANIFEST,
        "meta.xml": META.replace("@title", _xml(paper.title)),
        "styles.xml": STYLES.replace("@running", _xml(paper.running)),
        "content.xml": CONTENT.replace("@body", "".join(_blocks(paper.blocks))),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(_entry("mimetype"), MIME)
        for name, text in parts.items():
            made.writestr(_entry(name), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """Dated always alike: the same paper gives the same bytes."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _xml(text: str) -> str:
    """Words escaped, expressions left as they are."""
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\})", text)
    return "".join(part if part.startswith("{") else escape(part) for part in parts)


def _blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Words():
            yield _words(block)
        case Facts():
            rows = [
                _row([_cell(label, "Head", ground=True), _cell(text, "Cell")])
                for label, text in block.facts
            ]
            yield _table(["0.3", "0.7"], rows)
        case Listing():
            yield _listing(block)
        case Each():
            yield from _within(f"for {block.one} in {block.each}", "endfor", block.blocks)
        case When():
            yield from _within(f"if {block.when}", "endif", block.blocks)
        case Turn():
            yield '<text:p text:style-name="Turn"/>'


def _within(opening: str, closing: str, blocks: Blocks) -> Iterator[str]:
    yield f"<text:p>{{%p {escape(opening)} %}}</text:p>"
    yield from _blocks(blocks)
    yield f"<text:p>{{%p {closing} %}}</text:p>"


def _words(block: Words) -> str:
    text = _xml(block.text)
    if level := _ROLES.get(block.role):
        style = f"Heading_{level}"
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{text}</text:h>'
    style = block.role.capitalize()
    line = f'<text:p text:style-name="{style}">{text}</text:p>'
    if block.role in ("bullet", "subbullet"):
        dots = "Dots" if block.role == "bullet" else "Dots2"
        item = f"<text:list-item>{line}</text:list-item>"
        return f'<text:list text:style-name="{dots}">{item}</text:list>'
    return line


def _listing(block: Listing) -> str:
    whole = sum(column.width for column in block.columns)
    widths = [f"{column.width / whole:.4f}" for column in block.columns]
    heads = [_cell(column.label, "Head", column.right, ground=True) for column in block.columns]
    cells = [_cell(column.text, "Cell", column.right) for column in block.columns]
    rows = [
        f"<table:table-header-rows>{_row(heads)}</table:table-header-rows>",
        _row([_cell(f"{{%tr for row in {block.rows} %}}", "Cell")]),
        _row(cells, roomy=bool(block.room)),
        _row([_cell("{%tr endfor %}", "Cell")]),
    ]
    if block.total:
        closing = zip(block.total, block.columns, strict=True)
        rows.append(_row([_cell(text, "Head", column.right) for text, column in closing]))
    return _table(widths, rows)


def _table(widths: list[str], rows: list[str]) -> str:
    columns = "".join(map(_column, widths))
    return f"<table:table>{columns}{''.join(rows)}</table:table><text:p/>"


def _column(share: str) -> str:
    percent = round(float(share) * 100)
    return f'<table:table-column table:style-name="W{max(1, min(percent, 99))}"/>'


def _row(cells: list[str], *, roomy: bool = False) -> str:
    style = ' table:style-name="Roomy"' if roomy else ""
    return f"<table:table-row{style}>{''.join(cells)}</table:table-row>"


def _cell(text: str, style: str, right: bool = False, *, ground: bool = False) -> str:
    shown = "Ground" if ground else "Plain"
    side = "Right" if right else ""
    line = f'<text:p text:style-name="{style}{side}">{_xml(text)}</text:p>'
    opening = f'<table:table-cell table:style-name="{shown}" office:value-type="string">'
    return f"{opening}{line}</table:table-cell>"
