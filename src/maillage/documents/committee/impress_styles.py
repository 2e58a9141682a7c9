"""The standing parts of an OpenDocument presentation: names, styles, the page."""

from maillage.documents.committee.slides import TONES
from maillage.documents.writers.xlsx import BRAND, INK, TINT

MIME = "application/vnd.oasis.opendocument.presentation"
_SPACES = (
    *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
    *(("draw", "drawing"), ("presentation", "presentation"), ("fo", "xsl-fo-compatible")),
    *(("svg", "svg-compatible"), ("meta", "meta")),
)
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in _SPACES
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PARTS = "".join(
    f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
    for name in ("content.xml", "styles.xml", "meta.xml")
)
MANIFEST = f"""{_HEAD}<manifest:manifest \
xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">\
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" \
manifest:media-type="{MIME}"/>{_PARTS}</manifest:manifest>"""
META = f"""{_HEAD}<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" \
office:version="1.3"><office:meta><meta:generator>Maillage</meta:generator>\
<dc:title>@title</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>"""


def _paragraph(name: str, size: float, look: str = "", space: str = "") -> str:
    words = f'fo:font-family="Calibri" fo:font-size="{size}pt" fo:color="{INK}" {look}'
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f"<style:paragraph-properties {space}/>"
        f'<style:text-properties fo:language="fr" fo:country="FR" {words}/></style:style>'
    )


def _coloured(name: str, size: float, colour: str, look: str = "", space: str = "") -> str:
    made = _paragraph(name, size, look, space)
    return made.replace(f'fo:color="{INK}"', f'fo:color="{colour}"')


_BOLD = 'fo:font-weight="bold"'
_LEFT = 'fo:text-align="start"'
_RIGHT = 'fo:text-align="end"'
_PARAGRAPHS = "".join(
    (
        _coloured("Opening", 40, BRAND, _BOLD, _LEFT),
        _coloured("Title", 28, BRAND, _BOLD, _LEFT),
        _coloured("Tag", 18, "#8A5A00", _BOLD),
        _paragraph("Lead", 20, space='fo:margin-bottom="0.3cm"'),
        _paragraph("Line", 18, space='fo:margin-bottom="0.35cm"'),
        _coloured("Foot", 10, "#4C5C62"),
        _coloured("Note", 12, "#4C5C62"),
        _coloured("FigureLabel", 14, "#4C5C62"),
        _coloured("Figure", 28, BRAND, _BOLD),
        _paragraph("Category", 11),
        *(
            _paragraph(f"{name}{side}", 12, look, align)
            for name, look in (("Head", _BOLD), ("Cell", ""))
            for side, align in (("", ""), ("Right", _RIGHT))
        ),
    )
)


def _shape(name: str, colour: str, family: str = "graphic") -> str:
    look = f'draw:fill="solid" draw:fill-color="#{colour}"' if colour else 'draw:fill="none"'
    fit = 'draw:stroke="none" draw:auto-grow-height="false" fo:padding="0cm"'
    fit += ' draw:textarea-horizontal-align="left"'
    return (
        f'<style:style style:name="{name}" style:family="{family}">'
        f"<style:graphic-properties {look} {fit}/></style:style>"
    )


_SHAPES = (
    _shape("Bare", "")
    + _shape("Heading", "", "presentation")
    + "".join(_shape(tone, code) for tone, code in TONES.items())
)
_EDGE = 'fo:border-bottom="0.5pt solid #ddd8cc" fo:padding="0.1cm"'
_CELLS = "".join(
    f'<style:style style:name="{name}" style:family="table-cell">'
    f'<style:graphic-properties draw:fill="solid" draw:fill-color="{colour}"/>'
    f"<style:paragraph-properties {_EDGE}/>"
    "</style:style>"
    for name, colour in (("Ground", TINT), ("Plain", "#FFFFFF"))
)
_COLUMNS = "".join(
    f'<style:style style:name="W{tenths}" style:family="table-column">'
    f'<style:table-column-properties style:column-width="{tenths / 10:.1f}cm"/></style:style>'
    for tenths in range(1, 310)
)
CONTENT = f"""{_HEAD}<office:document-content {_NAMES} office:version="1.3">\
<office:automatic-styles>{_PARAGRAPHS}{_SHAPES}{_CELLS}{_COLUMNS}</office:automatic-styles>\
<office:body><office:presentation>@body</office:presentation></office:body>\
</office:document-content>"""
STYLES = f"""{_HEAD}<office:document-styles {_NAMES} office:version="1.3"><office:styles/>\
<office:automatic-styles><style:page-layout style:name="Wide"><style:page-layout-properties \
fo:page-width="33.87cm" fo:page-height="19.05cm" fo:margin="0cm" \
style:print-orientation="landscape"/></style:page-layout></office:automatic-styles>\
<office:master-styles><style:master-page style:name="Page" style:page-layout-name="Wide"/>\
</office:master-styles></office:document-styles>"""
