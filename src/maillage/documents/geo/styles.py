"""QGIS styles as XML: partners by class, lines as wide as flows are large, names."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import numpy as np

from maillage.documents.geo.layers import AROUND, FLOWS, PARTNERS, PLACES, TERRITORY, Layer
from maillage.documents.tables.values import plain

VERSION = "3.22.0-Maillage"
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
RAMP = ("236,243,242", "208,226,224", "173,205,203", "133,180,178", "92,152,152")
INCOMING, OUTGOING = "28,102,166", "173,74,13"
CLASSES = ("228,238,247", "251,241,220", "173,205,203", "238,240,243")
#: Of places: what colours them, where their page measures it.
MEASURED = ("subsidy", "gain")
LABELLED = 15  # first partners whose name is shown


def style(layer: Layer) -> str:
    """The whole style of a layer, as QGIS saves one."""
    root = Element("qgis", version=VERSION, styleCategories="AllStyleCategories")
    root.set("labelsEnabled", "0" if layer.name == AROUND else "1")
    root.extend(style_parts(layer))
    indent(root)
    return DOCTYPE + tostring(root, encoding="unicode")


def style_parts(layer: Layer) -> list[Element]:
    """Renderer, labels, names of the fields: what a project holds of a style too."""
    parts = [_RENDERERS[layer.name](layer)]
    named = _LABELS.get(layer.name)
    if named is not None:
        parts.append(_labels(*named(layer)))
    return [*parts, _aliases(layer)]


def _partners(layer: Layer) -> Element:
    return _graduated(layer, "volume")


def _graduated(layer: Layer, key: str) -> Element:
    """Five classes of equal counts at most, at round bounds."""
    bounds = classes(layer, key)
    renderer = Element("renderer-v2", type="graduatedSymbol", attr=key)
    ranges, symbols = SubElement(renderer, "ranges"), SubElement(renderer, "symbols")
    colours = [RAMP[round(n)] for n in np.linspace(0, len(RAMP) - 1, max(len(bounds) - 1, 1))]
    for number, (low, high) in enumerate(pairwise(bounds)):
        label = f"{_said(low)} à {_said(high)}"
        SubElement(
            ranges,
            "range",
            lower=str(low),
            upper=str(high),
            symbol=str(number),
            label=label,
            render="true",
        )
        symbols.append(_fill(str(number), colours[number], "255,255,255", 0.2))
    return renderer


def classes(layer: Layer, key: str) -> list[float]:
    """Round bounds of quantiles, ascending; the first and last hold every value."""
    keys = [column.key for column in layer.table.columns]
    cells = (plain(row[keys.index(key)]) for row in layer.table.rows)
    values = np.array([value for value in cells if isinstance(value, int | float)])
    if not values.size:
        return []
    inner = [_round(q) for q in np.quantile(values, (0.2, 0.4, 0.6, 0.8))]
    top = float(np.ceil(values.max()))
    return sorted({0.0, *(bound for bound in inner if 0 < bound < top), top})


def _round(value: float) -> float:
    """Two significant digits."""
    return float(f"{value:.2g}")


def _said(value: float) -> str:
    if value < 10 and value % 1:
        return f"{value:.2g}".replace(".", ",")
    return f"{value:,.0f}".replace(",", "\u202f")


def _flows(layer: Layer) -> Element:
    renderer = Element("renderer-v2", type="categorizedSymbol", attr="way")
    groups, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for name, label, colour in (
        ("sortants", "Sortants", OUTGOING),
        ("entrants", "Entrants", INCOMING),
    ):
        SubElement(groups, "category", value=name, symbol=name, label=label, render="true")
        symbols.append(_line(name, colour))
    return renderer


def _territory(layer: Layer) -> Element:
    return _single(_fill("0", "227,167,47", "8,58,62", 0.6))


def _places(layer: Layer) -> Element:
    """A colour for each quadrant, or for each class of what the page measures, if it does."""
    keys = [column.key for column in layer.table.columns]
    measured = next((key for key in MEASURED if key in keys), None)
    if measured is not None:
        return _graduated(layer, measured)
    if "quadrant" not in keys:
        return _single(_fill("0", RAMP[2], "255,255,255", 0.4))
    told = [row[keys.index("quadrant")] for row in layer.table.rows]
    renderer = Element("renderer-v2", type="categorizedSymbol", attr="quadrant")
    groups, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, label in enumerate(sorted({str(one) for one in told if one is not None})):
        name, colour = str(number), CLASSES[number % len(CLASSES)]
        SubElement(groups, "category", value=label, symbol=name, label=label, render="true")
        symbols.append(_fill(name, colour, "255,255,255", 0.4))
    return renderer


def _around(layer: Layer) -> Element:
    return _single(_fill("0", "246,244,238", "221,216,204", 0.2))


def _single(symbol: Element) -> Element:
    renderer = Element("renderer-v2", type="singleSymbol")
    SubElement(renderer, "symbols").append(symbol)
    return renderer


def _fill(name: str, colour: str, edge: str, width: float) -> Element:
    options = {"color": f"{colour},255", "outline_color": f"{edge},255", "style": "solid"}
    options |= {"outline_style": "solid", "outline_width": str(width), "outline_width_unit": "MM"}
    return _symbol(name, "fill", "SimpleFill", options)


def _line(name: str, colour: str) -> Element:
    """Width from the field; both directions side by side, each on its right."""
    options = {"line_color": f"{colour},205", "line_width": "1", "line_width_unit": "MM"}
    options |= {"capstyle": "flat", "line_style": "solid", "offset_unit": "MM"}
    symbol = _symbol(name, "line", "SimpleLine", options)
    driven = SubElement(symbol[0], "data_defined_properties")
    whole = SubElement(driven, "Option", type="Map")
    _option(whole, "name", "")
    properties = SubElement(whole, "Option", name="properties", type="Map")
    for key, expression in (
        ("outlineWidth", '"width_mm"'),
        ("offset", '"width_mm" / 2'),
    ):
        found = SubElement(properties, "Option", name=key, type="Map")
        SubElement(found, "Option", name="active", type="bool", value="true")
        _option(found, "expression", expression)
        SubElement(found, "Option", name="type", type="int", value="3")
    _option(whole, "type", "collection")
    return symbol


def _symbol(name: str, kind: str, drawn: str, options: Mapping[str, str]) -> Element:
    symbol = Element("symbol", name=name, type=kind, alpha="1", clip_to_extent="1", force_rhr="0")
    layer = SubElement(symbol, "layer", attrib={"class": drawn}, enabled="1", locked="0")
    layer.set("pass", "0")
    whole = SubElement(layer, "Option", type="Map")
    for key, value in options.items():
        _option(whole, key, value)
    return symbol


def _option(parent: Element, name: str, value: str) -> None:
    SubElement(parent, "Option", name=name, type="QString", value=value)


def _labels(expression: str, size: float, bold: bool) -> Element:
    labeling = Element("labeling", type="simple")
    settings = SubElement(labeling, "settings", calloutType="simple")
    text = SubElement(
        settings, "text-style", fieldName=expression, isExpression="1", fontSize=str(size),
        fontSizeUnit="Point", fontWeight="75" if bold else "50", textColor="23,38,43,255",
        fontFamily="Sans Serif", namedStyle="Bold" if bold else "Regular", textOpacity="1",
    )  # fmt: skip
    SubElement(
        text, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM",
        bufferColor="255,255,255,255", bufferOpacity="0.85", bufferNoFill="1",
    )  # fmt: skip
    SubElement(settings, "placement", placement="1", priority="5")
    SubElement(settings, "rendering", drawLabels="1", obstacle="1", scaleVisibility="0")
    return labeling


def _first_partners(layer: Layer) -> tuple[str, float, bool]:
    """Names of the most linked ones alone: a map with all of them cannot be read."""
    keys = [column.key for column in layer.table.columns]
    volumes = [plain(row[keys.index("volume")]) for row in layer.table.rows]
    known = sorted((v for v in volumes if isinstance(v, int | float)), reverse=True)[:LABELLED]
    floor = known[-1] if known else 0
    return f'CASE WHEN "volume" >= {floor!r} THEN "name" END', 8, False


def _aliases(layer: Layer) -> Element:
    aliases = Element("aliases")
    for number, column in enumerate(layer.table.columns, 1):
        SubElement(aliases, "alias", index=str(number), field=column.key, name=column.label)
    return aliases


_RENDERERS: dict[str, Callable[[Layer], Element]] = {
    PARTNERS: _partners,
    FLOWS: _flows,
    TERRITORY: _territory,
    PLACES: _places,
    AROUND: _around,
}
_LABELS: dict[str, Callable[[Layer], tuple[str, float, bool]]] = {
    PARTNERS: _first_partners,
    TERRITORY: lambda layer: ('"name"', 10, True),
    PLACES: lambda layer: ('"name"', 8, False),
}
