"""The standing parts of an OpenDocument text (ODF 1.3): spaces of names, styles, page."""

from maillage.documents.writers.xlsx import BRAND, INK, TINT

MIME = "application/vnd.oasis.opendocument.text"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        *(("fo", "xsl-fo-compatible"), ("meta", "meta")),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = f"""{_HEAD}<manifest:manifest \
xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">\
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>\
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>\
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>\
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>\
</manifest:manifest>"""
META = f"""{_HEAD}<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" \
office:version="1.3"><office:meta><meta:generator>Maillage</meta:generator>\
<dc:title>@title</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>"""


def _paragraph(name: str, look: str = "", space: str = "", parent: str = "Standard") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph" '
        f'style:parent-style-name="{parent}"><style:paragraph-properties {space}/>'
        f"<style:text-properties {look}/></style:style>"
    )


_BOLD = 'fo:font-weight="bold"'
_BRAND = f'{_BOLD} fo:color="{BRAND}"'
_KEPT = 'fo:keep-with-next="always" fo:margin-top="{}cm" fo:margin-bottom="0.15cm"'
_RIGHT = 'fo:text-align="end"'
_PARAGRAPHS = "".join(
    (
        _paragraph("Heading_1", f'{_BRAND} fo:font-size="22pt"', _KEPT.format("0.2")),
        _paragraph("Heading_2", f'{_BRAND} fo:font-size="14pt"', _KEPT.format("0.6")),
        _paragraph("Heading_3", f'{_BRAND} fo:font-size="11.5pt"', _KEPT.format("0.3")),
        _paragraph("Heading_4", _BOLD, _KEPT.format("0.2")),
        _paragraph("Band", f'{_BRAND} fo:font-size="9pt"'),
        _paragraph("Lead", 'fo:font-size="11.5pt"'),
        _paragraph("Text"),
        _paragraph("Bullet"),
        _paragraph("Subbullet"),
        _paragraph("Small", 'fo:font-size="8.5pt"'),
        _paragraph("Note", 'fo:font-style="italic"', 'fo:margin-left="0.5cm"'),
        _paragraph("Turn", space='fo:break-before="page"'),
        *(
            _paragraph(f"{name}{side}", f'{look} fo:font-size="9.5pt"', f'fo:margin="0cm" {align}')
            for name, look in (("Head", _BOLD), ("Cell", ""))
            for side, align in (("", ""), ("Right", _RIGHT))
        ),
    )
)
_CELL = 'fo:padding="0.1cm" fo:border="0.5pt solid #ddd8cc"'
_CELLS = (
    f'<style:style style:name="Plain" style:family="table-cell">'
    f"<style:table-cell-properties {_CELL}/></style:style>"
    f'<style:style style:name="Ground" style:family="table-cell">'
    f'<style:table-cell-properties {_CELL} fo:background-color="{TINT}"/></style:style>'
)
_COLUMNS = "".join(
    f'<style:style style:name="W{percent}" style:family="table-column">'
    f'<style:table-column-properties style:column-width="{17 * percent / 100:.2f}cm"/>'
    "</style:style>"
    for percent in range(1, 100)
)
_DOTS = "".join(
    f'<text:list-style style:name="{name}"><text:list-level-style-bullet text:level="1" '
    f'text:bullet-char="{dot}"><style:list-level-properties text:space-before="{before}cm" '
    'text:min-label-width="0.4cm"/></text:list-level-style-bullet></text:list-style>'
    for name, dot, before in (("Dots", "•", 0.3), ("Dots2", "–", 0.9))
)
_ROOMY = (
    '<style:style style:name="Roomy" style:family="table-row">'
    '<style:table-row-properties style:min-row-height="1.3cm"/></style:style>'
)
CONTENT = f"""{_HEAD}<office:document-content {_NAMES} office:version="1.3">\
<office:automatic-styles>{_COLUMNS}{_CELLS}{_ROOMY}{_DOTS}</office:automatic-styles>\
<office:body><office:text>@body</office:text></office:body></office:document-content>"""
STYLES = f"""{_HEAD}<office:document-styles {_NAMES} office:version="1.3"><office:styles>\
<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Calibri" \
fo:font-size="10.5pt" fo:color="{INK}" fo:language="fr" fo:country="FR"/></style:default-style>\
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties \
fo:margin-bottom="0.2cm" fo:line-height="115%"/></style:style>{_PARAGRAPHS}</office:styles>\
<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties \
fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:footer-style>\
<style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/>\
</style:footer-style></style:page-layout></office:automatic-styles><office:master-styles>\
<style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer>\
<text:p text:style-name="Small">@running – <text:page-number text:select-page="current"/>\
</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>"""
