"""Maps as SVG texts that a printed page holds."""

from maillage.drawing.pair_map import PairMap
from maillage.drawing.paths import Drawing

INK, PAPER, HERE, OTHER, AROUND = "#17262b", "#ffffff", "#0d5257", "#8a5a00", "#e9ecf1"


def pair_svg(drawing: PairMap) -> str:
    """The two, and in light tones what surrounds them."""
    return _svg(
        drawing.width,
        drawing.height,
        _path(drawing.around, AROUND),
        _path(drawing.here, HERE),
        _path(drawing.other, OTHER),
    )


def locator_svg(drawing: Drawing) -> str:
    """A territory among its neighbours."""
    return _svg(
        drawing.width,
        drawing.height,
        *(_path(place.path, HERE if place.here else AROUND) for place in drawing.places),
    )


def _path(d: str, fill: str) -> str:
    return f'<path d="{d}" fill="{fill}" stroke="{PAPER}" stroke-width="1.2"/>' if d else ""


def _svg(width: int, height: int, *paths: str) -> str:
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
    return f"{frame}{''.join(paths)}</svg>"
