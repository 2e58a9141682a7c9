"""The fixed parts of an OpenDocument spreadsheet, and the styles of its numbers."""

from maillage.documents.writers.xlsx import BRAND, INK, TINT

MIME = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    [
        *(f'xmlns:{name}="{_SPACE}:{name}:1.0"' for name in ("office", "style", "table", "text")),
        f'xmlns:number="{_SPACE}:datastyle:1.0" xmlns:meta="{_SPACE}:meta:1.0"',
        f'xmlns:config="{_SPACE}:config:1.0" xmlns:fo="{_SPACE}:xsl-fo-compatible:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"',
    ]
)
_FILES = "".join(
    f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
    for part in ("content.xml", "meta.xml", "settings.xml")
)
MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    f'manifest:media-type="{MIME}"/>{_FILES}</manifest:manifest>'
)
META = (
    f"{_HEAD}<office:document-meta {_NAMES}><office:meta><meta:generator>Maillage</meta:generator>"
    "<dc:title>@title</dc:title><dc:language>fr-FR</dc:language></office:meta>"
    "</office:document-meta>"
)
#: Units written after a number; shares are percentages of their own.
_AFTER = {"percent": " %", "permil": " ‰", "km": " km", "eur": " €"}
_SHARES = ("share", "gap")
_UNGROUPED = ("year", "percent", "permil", *_SHARES)
_WORDS = f'fo:font-family="Calibri" fo:font-size="11pt" fo:color="{INK}"'


def _look(name: str, words: str, ground: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'style:vertical-align="top" fo:wrap-option="wrap" {ground}/>'
        f"<style:text-properties {words}/></style:style>"
    )


_BOLD = f'{_WORDS} fo:font-weight="bold"'
_LOOKS = "".join(
    (
        _look("text", _WORDS),
        _look("total", _BOLD),
        _look("head", _BOLD.replace(INK, "#FFFFFF"), f'fo:background-color="{BRAND}"'),
    )
)
CONTENT = (
    f"{_HEAD}<office:document-content {_NAMES}><office:automatic-styles>{_LOOKS}@styles"
    "</office:automatic-styles><office:body><office:spreadsheet>@body</office:spreadsheet>"
    "</office:body></office:document-content>"
)
SETTINGS = (
    f'{_HEAD}<office:document-settings {_NAMES} xmlns:ooo="http://openoffice.org/2004/office">'
    "<office:settings>"
    '<config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
    '<config:config-item-map-named config:name="Tables">@sheets</config:config-item-map-named>'
    "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
    "</office:settings></office:document-settings>"
)
_SPLIT = (
    ("HorizontalSplitMode", "short", 0),
    ("VerticalSplitMode", "short", 2),
    ("VerticalSplitPosition", "int", 1),
    ("PositionBottom", "int", 1),
)


def frozen(quoted: str) -> str:
    """The first row of a sheet stays in sight; ``quoted`` is its name as an attribute."""
    item, entry = "config:config-item", "config:config-item-map-entry"
    items = "".join(
        f'<{item} config:name="{name}" config:type="{kind}">{value}</{item}>'
        for name, kind, value in _SPLIT
    )
    return f"<{entry} config:name={quoted}>{items}</{entry}>"


def number_style(name: str, unit: str, decimals: int, total: bool) -> str:
    """How the numbers of a unit are shown, and the cells that hold them."""
    kind = "percentage" if unit in _SHARES else "number"
    after = " %" if unit in _SHARES else _AFTER.get(unit, "")
    digits = 0 if unit == "eur" else decimals
    grouping = "false" if unit in _UNGROUPED else "true"
    number = (
        f'<number:number number:min-integer-digits="1" number:decimal-places="{digits}" '
        f'number:min-decimal-places="{digits}" number:grouping="{grouping}"/>'
    )
    said = f"<number:text>{after}</number:text>" if after else ""
    ground = f' fo:background-color="{TINT}"' if total else ""
    return (
        f'<number:{kind}-style style:name="{name}d" number:language="fr" number:country="FR">'
        f"{number}{said}</number:{kind}-style>"
        f'<style:style style:name="{name}" style:family="table-cell" '
        f'style:data-style-name="{name}d"><style:table-cell-properties '
        f'style:vertical-align="top"{ground}/>'
        f"<style:text-properties {_BOLD if total else _WORDS}/></style:style>"
    )
