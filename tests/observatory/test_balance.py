"""What « balance » answers: figures that are true, or no figure and the reason."""

import json

import jsonschema
import numpy as np
import pytest

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.dataset import Coverage, Scope, Universe
from maillage.observatory.balance import territory_balance
from maillage.observatory.record import record
from maillage.observatory.schemas import published_schema
from maillage.territory.perimeter import Perimeter, parse_perimeter

from ..engine.worlds import cells, country, mesh

# Eight communes: EPCI 1 is 0-2, EPCI 2 is 3-6, commune 7 has none; node 8 is Belgium.
EPCI_1, EPCI_2 = "200000001", "200000002"
TABLE = {
    (0, 0): 100.0,
    (0, 1): 20.0,
    (1, 3): 30.0,
    (2, 4): 5.0,
    (0, 7): 7.0,
    (0, 8): 11.0,
    (3, 0): 50.0,
    (7, 1): 2.0,
    (5, 6): 9.0,
}
KEYS = {
    *("territory", "flow", "year", "cog", "incoming", "outgoing", "net", "internal"),
    *("internal_moved", "internal_same", "partners", "unit", "source", "universe"),
    *("precision", "secrecy", "net_in_universe", "territory_name", "mesh"),
}


def inside(*communes, code="44"):
    label = "à l’intérieur de la Loire-Atlantique"
    scope = Scope("departement", code, label, np.array(communes, dtype=np.int32))
    return Universe((scope,))


def ask(edition, territory=EPCI_1, flow="commuting", **options):
    perimeter = parse_perimeter(territory, edition.geography)
    return territory_balance(edition, flow, perimeter, **options)


def test_figures_of_a_known_territory(make_edition):
    found = ask(make_edition(cells(TABLE)))
    assert (found.internal, found.internal_same, found.internal_moved) == (120.0, 100.0, 20.0)
    assert (found.outgoing, found.incoming, found.net) == (53.0, 52.0, -1.0)
    assert (found.territory, found.flow, found.year, found.cog) == (
        EPCI_1,
        "commuting",
        2021,
        2025,
    )


def test_partners_come_by_decreasing_outgoing_flow_and_close_the_totals(make_edition):
    found = ask(make_edition(cells(TABLE)))
    assert [(p.code, p.outgoing, p.incoming, p.net) for p in found.partners] == [
        (EPCI_2, 35.0, 50.0, 15.0),
        ("@BE", 11.0, 0.0, -11.0),
        ("@SANS", 7.0, 2.0, -5.0),
    ]
    assert sum(p.outgoing for p in found.partners) == found.outgoing
    assert sum(p.incoming for p in found.partners) == found.incoming


def test_the_balance_with_communes_leaves_out_what_is_seen_one_way(make_edition):
    assert ask(make_edition(cells(TABLE))).net_in_universe == 10.0


def test_a_free_perimeter_and_the_same_unit_agree(make_edition):
    edition = make_edition(cells(TABLE))
    astride = ask(edition, "00003+00004+00005")
    assert (astride.outgoing, astride.incoming, astride.internal) == (50.0, 30.0, 5.0)
    assert [p.code for p in astride.partners] == [EPCI_1]
    assert astride.partners[0].outgoing == 50.0  # the part of EPCI 1 outside the perimeter


def test_the_limit_keeps_the_first_each_way(make_edition):
    found = ask(make_edition(cells(TABLE | {(8, 0): 90.0})), limit=1)
    assert [p.code for p in found.partners] == [EPCI_2, "@BE"]


def test_partners_on_communes(make_edition):
    found = ask(make_edition(cells(TABLE)), mesh="commune")
    assert [p.code for p in found.partners][:3] == ["00004", "@BE", "00008"]
    assert found.mesh == "commune"


def test_an_inside_only_file_gives_no_false_balance(make_edition):
    found = ask(make_edition(cells(TABLE, universe=inside(0, 1, 2, 3, 4))))
    assert (found.incoming, found.outgoing) == (52.0, 53.0)
    assert found.net is None
    assert found.net_in_universe == 10.0
    assert found.universe.partial
    assert found.universe.label == "à l’intérieur de la Loire-Atlantique"
    assert (found.universe.coverage.internal, found.universe.coverage.outgoing) == (
        Coverage.COMPLETE,
        Coverage.PARTIAL,
    )
    assert {p.within for p in found.partners} == {"à l’intérieur de la Loire-Atlantique"}


def test_a_partner_wholly_inside_the_same_universe_is_complete(make_edition):
    whole = ask(make_edition(cells(TABLE, universe=inside(*range(7))))).partners[0]
    cut = ask(make_edition(cells(TABLE, universe=inside(0, 1, 2, 3, 4)))).partners[0]
    assert (whole.coverage, whole.net) == (Coverage.COMPLETE, 15.0)
    assert (cut.coverage, cut.net) == (Coverage.PARTIAL, None)


def test_a_territory_as_large_as_the_universe_has_no_exchanges_to_show(make_edition):
    found = ask(make_edition(cells({(0, 0): 5.0, (0, 1): 1.0}, universe=inside(0, 1, 2))))
    assert (found.internal, found.incoming, found.outgoing, found.net) == (6.0, None, None, None)
    assert found.net_in_universe is None
    assert found.partners == ()
    assert found.precision.outgoing.grade is None
    assert found.secrecy.outgoing.high is None


def test_a_territory_outside_the_universe_has_no_figure_at_all(make_edition):
    found = ask(make_edition(cells({(0, 0): 5.0}, universe=inside(0, 1, 2))), EPCI_2)
    assert (found.internal, found.internal_same, found.internal_moved) == (None, None, None)
    assert (found.incoming, found.outgoing) == (None, None)


def test_hidden_cells_leave_an_interval_and_no_net(make_edition):
    table = TABLE | {(1, 3): 0.0}
    found = ask(make_edition(cells(table, suppressed=[(1, 3)], secrecy="protected")))
    assert found.outgoing == 23.0
    assert (found.secrecy.outgoing.hidden_cells, found.secrecy.outgoing.low) == (1, 23.0)
    assert found.secrecy.outgoing.high is None
    assert (found.net, found.net_in_universe) == (None, None)
    assert found.secrecy.status.value == "incomplete"
    only_hidden = ask(make_edition(cells({(0, 3): 0.0}, suppressed=[(0, 3)])))
    assert only_hidden.outgoing is None
    assert only_hidden.partners[0].outgoing is None


def test_precision_follows_the_file(make_edition):
    exact = ask(make_edition(cells(TABLE, sq={pair: 4 * w for pair, w in TABLE.items()})))
    assert exact.precision.internal.method.value == "exact"
    assert exact.precision.internal.standard_error == pytest.approx((3 * 120) ** 0.5)
    rough = ask(make_edition(cells(TABLE, mean_weight=4.0)))
    assert rough.precision.internal.method.value == "approximate"
    assert rough.precision.internal.cv == pytest.approx(exact.precision.internal.cv)
    assert "précaution" in rough.precision.internal.reading


def test_estimated_cells_say_how_much_they_weigh(make_edition):
    found = ask(make_edition(cells(TABLE, split=[(0, 1)])))
    assert found.precision.internal_moved.split == 20.0
    assert found.precision.internal_same.split == 0.0


def test_the_newest_year_answers_unless_one_is_asked(make_edition):
    edition = make_edition(cells(TABLE), cells({(0, 3): 1.0}, year=2015))
    assert ask(edition).year == 2021
    assert ask(edition, year=2015).outgoing == 1.0


def test_a_french_slug_names_the_flow_too(make_edition):
    assert ask(make_edition(cells(TABLE)), flow="domicile-travail").flow == "commuting"


def test_what_is_not_there_is_said_with_what_is(make_edition):
    edition = make_edition(cells(TABLE))
    with pytest.raises(NotFoundError, match="Années présentes : 2021"):
        ask(edition, year=1999)
    with pytest.raises(NotFoundError, match="aucun fichier"):
        ask(edition, flow="school")
    with pytest.raises(NotFoundError, match="inconnu"):
        ask(edition, flow="marées")
    with pytest.raises(NotFoundError, match="Mailles possibles : commune et epci"):
        ask(edition, mesh="canton")


def test_an_overlapping_mesh_is_refused_with_its_reason(make_edition):
    overlapping = mesh("crte", {"a": [0, 1], "b": [1, 2]}, partition=False)
    geography = country(8, meshes=(*country(8).meshes, overlapping))
    edition = make_edition(cells(TABLE), geography=geography)
    with pytest.raises(InputError, match="se chevauchent"):
        ask(edition, mesh="crte")
    contract = Perimeter.of(geography, [0, 1])
    assert (contract.level, territory_balance(edition, "commuting", contract).mesh) == (
        "crte",
        "epci",
    )


@pytest.mark.parametrize("universe", [Universe(), inside(0, 1, 2, 3), inside(0, 1), inside(5)])
def test_answers_obey_the_published_schema(make_edition, universe):
    found = record(ask(make_edition(cells(TABLE, universe=universe, mean_weight=4.0))))
    jsonschema.validate(found, published_schema("balance"))
    assert set(found) == KEYS
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_schema_refuses_what_is_not_an_answer(make_edition):
    found = record(ask(make_edition(cells(TABLE))))
    for wrong in ({**found, "more": 1}, {k: v for k, v in found.items() if k != "net"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, published_schema("balance"))
