"""The map of a flow: lines as wide as flows, each at its place; what is far is in an inset."""

import re
from dataclasses import dataclass

import numpy as np
import pytest
import shapely

from maillage.drawing.flow_map import FORMS, WIDEST, flow_map, steps
from maillage.drawing.flow_panels import HEIGHT, WIDTH
from maillage.engine.dataset import LevelShapes
from maillage.engine.edition import current_edition
from maillage.engine.writer import EditionWriter
from maillage.territory.geography import Geography
from maillage.territory.meshes import MeshHead, mesh_from_owners
from maillage.territory.perimeter import parse_perimeter

NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
#: A row of three départements of one EPCI each, one far beyond, one overseas.
PLACES = {"01": (0.0, 46.0), "02": (1.0, 46.0), "03": (2.0, 46.0), "59": (3.0, 50.5)}
OVERSEAS = {"974": (55.4, -21.2)}
EPCI = {code: f"2000000{number:02}" for number, code in enumerate([*PLACES, *OVERSEAS])}


@dataclass(frozen=True)
class Given:
    """A partner as the map asks for it."""

    code: str
    out: float
    into: float
    own: bool = False
    partial: bool = False

    @property
    def id(self) -> str:
        return "" if self.code.startswith("@") else self.code

    @property
    def label(self) -> str:
        return f"CC {self.code}"

    @property
    def said(self) -> str:
        return f"{self.label}."

    @property
    def volume(self) -> float:
        return self.out + self.into


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    places = PLACES | OVERSEAS
    lon, lat = np.array(list(places.values())).T
    communes = tuple(f"{code}001"[:5] if len(code) == 2 else f"{code}01" for code in places)
    epci = MeshHead("epci", 2025, "Intercommunalité", "inventé")
    departement = MeshHead("departement", 2025, "Département", "inventé", "dep-")
    names = {code: f"Département {code}" for code in PLACES} | {"974": "La Réunion"}
    siren = {EPCI[code]: f"CC {code}" for code in places}
    geography = Geography(
        cog=2025,
        codes=communes,
        names=tuple(f"Commune {code}" for code in places),
        population=np.full(len(places), 1000.0),
        lon=lon,
        lat=lat,
        meshes=(
            mesh_from_owners(epci, [EPCI[code] for code in places], siren, "CC"),
            mesh_from_owners(departement, list(places), names),
        ),
        fictional=True,
    )
    boxes = [
        shapely.to_wkb(shapely.box(x - 0.4, y - 0.3, x + 0.4, y + 0.3)) for x, y in places.values()
    ]
    folder = tmp_path_factory.mktemp("editions")
    with EditionWriter(folder) as writer:
        writer.write_geography(geography)
        for level, codes in (("epci", siren), ("departement", places), ("commune", communes)):
            shapes = LevelShapes(level, 2025, tuple(codes), tuple(boxes), (), "inventé")
            writer.write_geometry(shapes)
        writer.publish()
    return current_edition(folder)


def drawn(edition, id: str, *marks: Given, **asked):
    return flow_map(edition, parse_perimeter(id, edition.geography), "epci", marks, **asked)


def partner(code: str, out: float, into: float = 0, **more: bool) -> Given:
    return Given(EPCI[code], out, into, **more)


def ends(path: str) -> tuple[np.ndarray, np.ndarray]:
    """First and last point of a curve."""
    points = np.array([float(n) for n in NUMBERS.findall(path)]).reshape(-1, 2)
    return points[0], points[-1]


def test_lines_are_as_wide_as_flows_and_go_where_partners_are(edition):
    found = drawn(edition, EPCI["02"], partner("01", 100), partner("03", 30, 20))
    west, east = found.lines
    assert (west.width, east.width) == (WIDEST, WIDEST / 2)
    assert ends(west.path)[1][0] < ends(west.path)[0][0] < ends(east.path)[1][0]
    assert [line.tone for line in found.lines] == ["out", "out"]
    for volume, width in found.scale:
        assert width == pytest.approx(WIDEST * volume / 100)


@pytest.mark.parametrize(
    ("out", "into", "partial", "tone"),
    [(1, 2, False, "in"), (2, 1, False, "out"), (1, 1, False, "even"), (1, 2, True, "cut")],
)
def test_colour_says_which_way_an_exchange_leans(edition, out, into, partial, tone):
    found = drawn(edition, EPCI["02"], partner("01", out, into, partial=partial))
    assert found.lines[0].tone == tone


def test_what_is_beyond_the_frame_stops_at_its_edge_in_its_direction(edition):
    found = drawn(edition, EPCI["02"], partner("01", 900), partner("03", 900), partner("59", 1))
    line = next(line for line in found.lines if line.code == EPCI["59"])
    assert line.beyond
    (x, y), start = ends(line.path)[1], ends(line.path)[0]
    assert y == pytest.approx(10, abs=0.1)
    assert start[0] < x < WIDTH
    assert EPCI["59"] not in {spot.code for spot in found.spots}
    assert not any(line.beyond for line in found.lines[:2])


def test_overseas_partners_are_in_a_named_inset_and_do_not_stretch_the_frame(edition):
    near = drawn(edition, EPCI["02"], partner("01", 10))
    both = drawn(edition, EPCI["02"], partner("974", 500), partner("01", 10))
    assert [inset.name for inset in both.insets] == ["La Réunion"]
    assert both.here == near.here
    assert (near.height, both.height > HEIGHT) == (HEIGHT, True)
    far = next(line for line in both.lines if line.code == EPCI["974"])
    [inset] = both.insets
    x, y = ends(far.path)[1]
    assert inset.x < x < inset.x + inset.width
    assert inset.y < y < inset.y + inset.height


def test_from_overseas_the_mainland_is_the_inset(edition):
    found = drawn(edition, EPCI["974"], partner("01", 10))
    assert [inset.name for inset in found.insets] == ["France métropolitaine"]
    assert found.drawn == {EPCI["01"]}


def test_a_perimeter_in_two_pieces_is_drawn_in_both(edition):
    found = drawn(edition, f"{EPCI['02']}+{EPCI['974']}+{EPCI['01']}", partner("03", 10))
    assert [inset.name for inset in found.insets] == ["La Réunion"]
    assert found.here.count("M") == 3


def test_the_territory_is_no_part_of_the_partner_that_holds_it(edition):
    """« Autres communes » of an EPCI made of one commune have no place at all."""
    found = drawn(edition, "02001", partner("02", 10, own=True), partner("01", 5))
    assert found.drawn == {EPCI["01"]}


def test_what_is_no_territory_has_no_place(edition):
    found = drawn(edition, EPCI["02"], Given("@BE", 50, 0), partner("01", 5))
    assert found.drawn == {EPCI["01"]}
    assert found.lines[0].width == WIDEST


def test_areas_darken_with_exchanges(edition):
    found = drawn(edition, EPCI["02"], partner("01", 100), partner("03", 25))
    assert [spot.tint for spot in found.spots] == [4, 3]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_draws_each_partner(edition, form):
    found = drawn(edition, EPCI["02"], partner("01", 40, 100), partner("03", 50), form=form)
    codes = [line.code for line in found.lines]
    one_way = form in ("joignantes", "saphirs")
    assert codes == [EPCI["01"], *[EPCI["01"]] * one_way, EPCI["03"]]
    assert all("nan" not in line.path for line in found.lines)
    if form == "oursins":
        assert len({line.width for line in found.lines}) == 1


@pytest.mark.parametrize("form", ["joignantes", "saphirs"])
@pytest.mark.parametrize(("way", "tone"), [("incoming", "in"), ("outgoing", "out")])
def test_arrows_keep_the_direction_asked(edition, form, way, tone):
    found = drawn(edition, EPCI["02"], partner("01", 40, 100), form=form, way=way)
    assert [line.tone for line in found.lines] == [tone]


def test_a_saphir_is_as_wide_as_its_flow_where_it_starts(edition):
    found = drawn(edition, EPCI["02"], partner("01", 100), form="saphirs", way="outgoing")
    points = np.array([float(n) for n in NUMBERS.findall(found.lines[0].path)]).reshape(-1, 2)
    assert np.hypot(*(points[0] - points[2])) == pytest.approx(WIDEST, abs=0.2)


def test_without_exchange_the_territory_is_alone(edition):
    found = drawn(edition, EPCI["02"])
    assert found.here
    assert (found.lines, found.spots, found.scale) == ((), (), ())


@pytest.mark.parametrize("largest", [0, 0.4, 3, 5, 99, 1234, 2e9])
def test_the_legend_is_round_and_no_wider_than_the_map(largest):
    found = steps(largest)
    assert all(0 < volume <= largest for volume in found)
    if largest >= 5:
        assert str(int(found[0])).rstrip("0") in {"1", "2", "5"}
