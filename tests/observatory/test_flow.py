"""Partners down to a threshold: the same sums as the balance, whatever is left out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.common.errors import InputError
from maillage.engine.edition import current_edition
from maillage.engine.partners import PartnerKind
from maillage.observatory.balance import territory_balance
from maillage.observatory.flow import BOTH, INCOMING, OUTGOING, PROPOSED, Asked, flow, proposed
from maillage.territory.perimeter import parse_perimeter


@pytest.fixture
def ask(demo_edition):
    """The flow of the most populated EPCI."""
    mesh = demo_edition.geography.mesh("epci")
    perimeter = parse_perimeter(mesh.codes[0], demo_edition.geography)
    return lambda **asked: flow(demo_edition, "commuting", perimeter, Asked(**asked))


@pytest.mark.parametrize("way", [BOTH, INCOMING, OUTGOING])
@pytest.mark.parametrize("threshold", [None, 0, 30, 10**9])
@pytest.mark.parametrize("mesh", ["commune", "epci", "departement"])
def test_both_directions_close_whatever_is_kept(ask, way, threshold, mesh):
    found = ask(way=way, threshold=threshold, mesh=mesh)
    for name in (INCOMING, OUTGOING):
        shown = sum(getattr(p, name) or 0 for p in found.balance.partners)
        rest = getattr(found.others, name) if found.others else 0
        assert shown + rest == pytest.approx(getattr(found.balance, name))


def test_the_balance_is_that_of_the_portrait(ask, demo_edition):
    perimeter = parse_perimeter(ask().balance.territory, demo_edition.geography)
    whole = territory_balance(demo_edition, "commuting", perimeter)
    found = ask(threshold=0).balance
    assert set(found.partners) == set(whole.partners)
    assert (found.incoming, found.outgoing, found.net) == (
        whole.incoming,
        whole.outgoing,
        whole.net,
    )


def test_what_is_no_territory_is_never_summed_with_the_rest(ask):
    kinds = {p.kind for p in ask(threshold=10**9).balance.partners}
    assert PartnerKind.ABROAD in kinds
    assert PartnerKind.TERRITORY not in kinds


def test_the_chosen_partner_is_kept_at_its_rank(ask):
    everyone = [p.code for p in ask(threshold=0).balance.partners]
    found = [p.code for p in ask(threshold=10**9, partner=everyone[5]).balance.partners]
    assert everyone[5] in found
    assert found == [code for code in everyone if code in found]


def test_categories_sum_to_the_whole(ask, demo_edition):
    codes = demo_edition.dimensions("commuting", 2022)["mode"]
    parts = [ask(category=("mode", code), threshold=0) for code in codes]
    whole = ask(threshold=0).balance
    for name in ("internal", "incoming", "outgoing"):
        total = sum(getattr(part.balance, name) for part in parts)
        assert total == pytest.approx(getattr(whole, name))
    assert parts[0].category.title == "Mode de transport"


@pytest.mark.parametrize("category", [("mode", "99"), ("humeur", "1"), ("", "")])
def test_a_category_the_file_lacks_is_refused(ask, category):
    with pytest.raises(InputError, match="ne donne pas cette catégorie"):
        ask(category=category)


@given(st.lists(st.floats(0.01, 1e7), min_size=1, max_size=400))
def test_the_proposed_threshold_is_round_and_leaves_a_page_to_read(volumes):
    ranked = np.sort(np.array(volumes))[::-1]
    floor = proposed(ranked)
    assert (ranked >= floor).sum() <= PROPOSED
    if len(volumes) <= PROPOSED:
        assert floor == 0
    else:
        assert str(floor).rstrip("0") in {"1", "2", "5"}


def test_a_hidden_partner_is_no_zero(tiny_editions):
    """A limited universe: what it cuts is a minimum, and there is no total."""
    edition = current_edition(tiny_editions)
    perimeter = parse_perimeter("02002", edition.geography)
    found = flow(edition, "residential", perimeter, Asked())
    assert found.balance.net is None
    assert found.balance.outgoing == 0.0
    assert found.balance.universe.partial
