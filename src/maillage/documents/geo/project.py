"""A QGIS project as XML: the layers of a GeoPackage beside it, styled, and an A3 page."""

from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pyproj import CRS

from maillage.documents.geo.layers import Atlas, Layer
from maillage.documents.geo.page import page
from maillage.documents.geo.styles import DOCTYPE, VERSION, style_parts
from maillage.documents.geo.view import Extent, first_view

_GEOMETRIES = {"MultiPolygon": "Polygon", "LineString": "Line"}
CANVAS = 1.5  # width of the window, in heights


def project(atlas: Atlas, file: str) -> str:
    """The text of a ``.qgs`` that lies in the same folder as the GeoPackage ``file``."""
    root = Element("qgis", version=VERSION, projectname=atlas.workbook.title)
    SubElement(root, "title").text = atlas.workbook.title
    SubElement(root, "projectCrs").append(reference(atlas.reference))
    tree = SubElement(root, "layer-tree-group")
    for layer in reversed(atlas.layers):
        name = layer.table.title
        node = SubElement(tree, "layer-tree-layer", id=layer_id(atlas, layer), name=name)
        node.attrib |= {"checked": "Qt::Checked", "expanded": "0", "providerKey": "ogr"}
        node.set("source", source(file, layer))
    root.append(_canvas(first_view(atlas, CANVAS), atlas.reference))
    layers = SubElement(root, "projectlayers")
    layers.extend(_layer(atlas, layer, file) for layer in atlas.layers)
    order = SubElement(root, "layerorder")
    for layer in reversed(atlas.layers):
        SubElement(order, "layer", id=layer_id(atlas, layer))
    root.append(_properties())
    SubElement(root, "Layouts").append(page(atlas))
    indent(root)
    return DOCTYPE + tostring(root, encoding="unicode")


def layer_id(atlas: Atlas, layer: Layer) -> str:
    """The same each time: projects of one answer can be compared."""
    return f"{layer.name}_{uuid5(NAMESPACE_URL, atlas.workbook.stem + layer.name).hex}"


def source(file: str, layer: Layer) -> str:
    return f"./{file}|layername={layer.name}"


def reference(code: int) -> Element:
    """A system of reference by its EPSG code, and in full for a QGIS that would not know it."""
    found = Element("spatialrefsys")
    SubElement(found, "wkt").text = CRS.from_epsg(code).to_wkt()
    SubElement(found, "srsid").text = "1"  # below those of users: QGIS then believes the authid
    SubElement(found, "srid").text = str(code)
    SubElement(found, "authid").text = f"EPSG:{code}"
    return found


def extent(name: str, bounds: Extent) -> Element:
    found = Element(name)
    for key, value in zip(("xmin", "ymin", "xmax", "ymax"), bounds, strict=True):
        SubElement(found, key).text = f"{value:.3f}"
    return found


def _layer(atlas: Atlas, layer: Layer, file: str) -> Element:
    found = Element("maplayer", type="vector", geometry=_GEOMETRIES[layer.geometry])
    found.attrib |= {"wkbType": layer.geometry, "labelsEnabled": "1", "styleCategories": ""}
    found.set("styleCategories", "AllStyleCategories")
    SubElement(found, "id").text = layer_id(atlas, layer)
    SubElement(found, "datasource").text = source(file, layer)
    SubElement(found, "layername").text = layer.table.title
    SubElement(found, "srs").append(reference(atlas.reference))
    SubElement(found, "provider", encoding="UTF-8").text = "ogr"
    found.extend(style_parts(layer))
    return found


def _canvas(bounds: Extent, code: int) -> Element:
    found = Element("mapcanvas", name="theMapCanvas", annotationsVisible="1")
    SubElement(found, "units").text = "meters"
    found.append(extent("extent", bounds))
    SubElement(found, "rotation").text = "0"
    SubElement(found, "destinationsrs").append(reference(code))
    return found


def _properties() -> Element:
    """The folder may be moved as a whole; the project has a system of reference."""
    found = Element("properties")
    paths = SubElement(found, "Paths")
    SubElement(paths, "Absolute", type="bool").text = "false"
    system = SubElement(found, "SpatialRefSys")
    SubElement(system, "ProjectionsEnabled", type="int").text = "1"
    return found
