"""Rows of the partners of a flow: secrecy, edges and what is no territory are said."""

from dataclasses import replace

import pytest

from maillage.engine.dataset import Coverage
from maillage.engine.edition import current_edition
from maillage.engine.partners import PartnerKind
from maillage.engine.secrecy import Secrecy, SecrecyStatus
from maillage.observatory.answers.balance import SecrecyBothWays
from maillage.observatory.flow import Asked, flow
from maillage.territory.perimeter import parse_perimeter
from maillage.wording.rows import KINDS, result

PUBLIC = Secrecy(SecrecyStatus.PUBLIC, 0, 0.0, 0.0)
HIDDEN = Secrecy(SecrecyStatus.HIDDEN, 2, 0.0, 8.0)


@pytest.fixture
def edition(tiny_editions):
    return current_edition(tiny_editions)


@pytest.fixture
def perimeter(edition):
    return parse_perimeter("02002", edition.geography)


@pytest.fixture
def answer(edition, perimeter):
    return flow(edition, "commuting", perimeter, Asked(mesh="commune"))


def altered(answer, **changes):
    """The answer, its first partner changed."""
    first, *rest = answer.balance.partners
    partners = (replace(first, **changes), *rest)
    return replace(answer, balance=replace(answer.balance, partners=partners))


def test_a_hidden_value_is_named_never_a_zero(answer, edition, perimeter):
    secret = altered(answer, outgoing=None, net=None, secrecy=SecrecyBothWays(HIDDEN, PUBLIC))
    row = result(secret, edition, perimeter).rows[0]
    assert (row.outgoing.known, row.outgoing.text) == (False, "secret statistique")
    assert row.outgoing.note == "entre 0 et 8 avec les valeurs secrètes"
    assert not row.net.known
    assert "sortants : secret statistique" in row.said


def test_with_a_hidden_cell_there_is_no_share(answer, edition, perimeter):
    assert result(answer, edition, perimeter).rows[0].share == pytest.approx(1354.5 / 1844.5)
    secrecy = replace(answer.balance.secrecy, outgoing=replace(PUBLIC, hidden_cells=1))
    cut = replace(answer, balance=replace(answer.balance, secrecy=secrecy))
    assert [row.share for row in result(cut, edition, perimeter).rows] == [None] * 3


def test_a_partner_seen_in_part_is_a_minimum(answer, edition, perimeter):
    cut = altered(answer, coverage=Coverage.PARTIAL, net=None)
    row = result(cut, edition, perimeter).rows[0]
    assert row.partial
    assert "sortants : au moins 120" in row.said
    assert "solde" not in row.said


@pytest.mark.parametrize("kind", [kind for kind in PartnerKind if kind != PartnerKind.TERRITORY])
def test_what_is_no_territory_says_what_it_is(answer, edition, perimeter, kind):
    row = result(altered(answer, kind=kind, id=""), edition, perimeter).rows[0]
    assert row.kind == KINDS[kind]
    assert row.kind


def test_the_part_of_a_partner_that_is_elsewhere(edition, perimeter):
    found = flow(edition, "commuting", perimeter, Asked(mesh="epci"))
    labels = [row.label for row in result(found, edition, perimeter).rows]
    assert labels == ["CC des Deux Rives", "Dunes Métropole (autres communes)"]


def test_the_rest_closes_the_total_and_is_counted(answer, edition, perimeter):
    found = flow(edition, "commuting", perimeter, Asked(mesh="commune", threshold=1000))
    shown = result(found, edition, perimeter)
    assert [row.code for row in shown.rows] == ["01001"]
    assert shown.rest.label == "2\u00a0autres partenaires"
    assert (shown.rest.outgoing.text, shown.rest.incoming.text) == ("0", "490")
    assert shown.rows[0].share + shown.rest.share == pytest.approx(1)
