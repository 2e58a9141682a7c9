"""The A3 page of a QGIS project: title, map, legend, scale, sources."""

from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement

from maillage.documents.geo.layers import Atlas
from maillage.documents.geo.view import Extent, first_view

NAME = "A3 paysage"
WIDTH, HEIGHT, MARGIN = 420.0, 297.0, 12.0
MAP = (MARGIN, 30.0, 300.0, 245.0)  # left, top, width, height, in mm
SIDE = (MAP[0] + MAP[2] + 8, MAP[1], WIDTH - MAP[0] - MAP[2] - 8 - MARGIN)
#: Numbers QGIS gives the kinds of items (QgsLayoutItemRegistry).
_PAGE, _MAP, _LABEL, _LEGEND, _SCALE = 65638, 65639, 65641, 65642, 65646


def page(atlas: Atlas) -> Element:
    """A layout that prints as it is."""
    layout = Element("Layout", name=NAME, units="mm", printResolution="300", worldFileMap="")
    pages = SubElement(layout, "PageCollection")
    pages.append(_blank())
    pages.append(_item(atlas, "page", _PAGE, (0, 0, WIDTH, HEIGHT), background="true"))
    view = first_view(atlas, MAP[2] / MAP[3])
    layout.append(_scale(atlas, view))
    layout.append(_legend(atlas))
    layout.append(
        _text(atlas, "sources", _sources(atlas), (MARGIN, 277, WIDTH - 2 * MARGIN, 14), 8)
    )
    title = (MARGIN, MARGIN, WIDTH - 2 * MARGIN, 14)
    layout.append(_text(atlas, "titre", atlas.workbook.title, title, 20, bold=True))
    layout.append(_map(atlas, view))
    return layout


def _item(atlas: Atlas, id: str, kind: int, box: tuple[float, ...], **more: str) -> Element:
    left, top, width, height = box
    uuid = f"{{{uuid5(NAMESPACE_URL, f'{atlas.workbook.stem}/{id}')}}}"
    place = f"{left},{top},mm"
    return Element(
        "LayoutItem",
        {
            **{"type": str(kind), "id": id, "uuid": uuid, "templateUuid": uuid},
            **{"position": place, "positionOnPage": place, "size": f"{width},{height},mm"},
            **{"visibility": "1", "opacity": "1", "referencePoint": "0", "frame": "false"},
            **{"background": "false", "excludeFromExports": "0", "itemRotation": "0"},
            **more,
        },
    )


def _map(atlas: Atlas, view: Extent) -> Element:
    found = _item(
        atlas, "carte", _MAP, MAP, frame="true", outlineWidthM="0.2,mm", background="true",
        keepLayerSet="false", followPreset="false", mapRotation="0", drawCanvasItems="true",
    )  # fmt: skip
    SubElement(found, "FrameColor", red="221", green="216", blue="204", alpha="255")
    names = ("xmin", "ymin", "xmax", "ymax")
    bounds = {name: f"{value:.3f}" for name, value in zip(names, view, strict=True)}
    SubElement(found, "Extent", bounds)
    SubElement(found, "LayerSet")
    return found


def _legend(atlas: Atlas) -> Element:
    found = _item(
        atlas, "legende", _LEGEND, (SIDE[0], SIDE[1], SIDE[2], 100), title="Légende",
        resizeToContents="1", map_uuid=_map_uuid(atlas), symbolWidth="7", symbolHeight="4",
        boxSpace="0", columnCount="1", wrapChar="", legendFilterByAtlas="0",
    )  # fmt: skip
    styles = SubElement(found, "styles")
    for name, size, weight in (("title", 12, 75), ("group", 10, 75), ("subgroup", 10, 75),
                               ("symbol", 9, 50), ("symbolLabel", 9, 50)):  # fmt: skip
        style = SubElement(styles, "style", name=name, marginTop="2.5", marginLeft="2")
        _font(style, "styleFont", size, weight)
    return found


def _scale(atlas: Atlas, view: Extent) -> Element:
    """Two segments that are a round number of kilometres and fit beside the map."""
    paper = MAP[2] / (view[2] - view[0]) * 1000  # mm for a kilometre
    steps = (0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
    step = max([s for s in steps if 2 * s * paper <= SIDE[2] * 0.7], default=steps[0])
    return _item(
        atlas, "echelle", _SCALE, (SIDE[0], 262, SIDE[2], 13), style="Single Box",
        mapUuid=_map_uuid(atlas), unitType="km", unitLabel="km", numSegments="2",
        numSegmentsLeft="0", numUnitsPerSegment=str(step), numMapUnitsPerScaleBarUnit="1",
        segmentMillimeters=f"{step * paper:.3f}",
        segmentSizeMode="0", height="2", boxContentSpace="0", labelBarSpace="2", alignment="0",
    )  # fmt: skip


def _text(
    atlas: Atlas, id: str, text: str, box: tuple[float, ...], size: int, *, bold: bool = False
) -> Element:
    found = _item(atlas, id, _LABEL, box, labelText=text, halign="1", valign="32", htmlState="0")
    _font(found, "LabelFont", size, 75 if bold else 50)
    SubElement(found, "FontColor", red="23", green="38", blue="43", alpha="255")
    return found


def _font(parent: Element, name: str, size: int, weight: int) -> None:
    SubElement(parent, name, description=f"Sans Serif,{size},-1,5,{weight},0,0,0,0,0", style="")


def _map_uuid(atlas: Atlas) -> str:
    return f"{{{uuid5(NAMESPACE_URL, f'{atlas.workbook.stem}/carte')}}}"


def _sources(atlas: Atlas) -> str:
    """One paragraph: whatever is printed can be quoted."""
    said = {fact.key: f"{fact.label} : {fact.value}" for fact in atlas.workbook.facts}
    kept = ("source", "universe", "geography", "status", "licence")
    return ". ".join(said[key].rstrip(".") for key in kept if key in said) + ". Maillage."


def _blank() -> Element:
    """White paper."""
    symbol = Element("symbol", type="fill", name="", alpha="1")
    layer = SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "pass": "0"})
    whole = SubElement(layer, "Option", type="Map")
    for key, value in (("color", "255,255,255,255"), ("outline_style", "no"), ("style", "solid")):
        SubElement(whole, "Option", name=key, type="QString", value=value)
    return symbol
