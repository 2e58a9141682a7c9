"""Passages from any vintage: movements first, the published table for the rest."""

from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.territory.movements import Movement
from maillage.territory.passages import Passages

from .countries import geography
from .history import FIRST, histories

CODES = ("01001", "44109", "44213", "75056")
MERGER = (
    Movement("2016-01-01", "44060", "44213", "Freigné", kind="32"),
    Movement("2016-01-01", "44163", "44213", kind="32"),
)
TABLE = {"44060": "44213", "44500": "44109", "75101": "75056", "44109": "44109", "01999": "01888"}


def test_without_movements_the_table_serves_every_vintage():
    passages = Passages(geography(CODES), table=TABLE)
    for vintage in (None, 1999, 2014):
        passage = passages.of(vintage)
        assert dict(passage.changed) == {"44060": (("44213", 1.0),), "44500": (("44109", 1.0),)}
        assert passage.source == "table de passage"


def test_the_table_never_takes_the_place_of_folding():
    placement = Passages(geography(CODES), table=TABLE).of(None).place(["75101"])
    assert placement.places == ("75056",)
    assert placement.folded.all()


def test_movements_say_their_years_and_the_table_adds_what_they_lack():
    passage = Passages(geography(CODES), MERGER, TABLE).of(2014)
    assert passage.source == "mouvements de communes de 2014 à 2025"
    assert passage.shares("44163") == (("44213", 1.0),)
    assert passage.shares("44500") == (("44109", 1.0),)


def test_a_code_foreign_to_the_year_is_still_placed_and_told():
    passages = Passages(geography(CODES), MERGER)
    assert passages.of(2020).shares("44060") == (("44213", 1.0),)
    assert passages.off_vintage(2020) == {"44060", "44163"}
    assert passages.off_vintage(2014) == {"44213"}
    assert passages.off_vintage(2030) == frozenset()


def test_former_communes_keep_their_last_name_and_tell_where_they_lie():
    renamed = Movement("2010-01-01", "44060", "44060", "Freigné-le-Vieux", kind="10")
    former = Passages(geography(CODES), (renamed, *MERGER), TABLE).former()
    assert list(former) == ["44060", "44163", "44500"]
    assert former["44060"].name == "Freigné"
    assert former["44060"].lies == (("44213", 1.0),)
    assert former["44500"].name == ""


def test_a_passage_never_leads_out_of_the_geography():
    gone = (*MERGER, Movement("2017-01-01", "44700", "44701", kind="41"))
    assert Passages(geography(CODES), gone).of(2014).shares("44700") == ()


@settings(max_examples=200)
@given(histories(), st.data())
def test_every_commune_of_every_year_is_placed(history, data):
    year = data.draw(st.integers(FIRST, history.last))
    target = geography(sorted(history.years[-1]), cog=history.last)
    passages = Passages(target, tuple(history.movements))
    assert not passages.of(year).place(sorted(history.years[year - FIRST])).unplaced
    everything = {code for then in history.years for code in then}
    assert not passages.of(None).place(sorted(everything)).unplaced
