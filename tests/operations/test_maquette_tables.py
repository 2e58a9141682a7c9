"""The arithmetic of a maquette: every breakdown closes, two years sum to the difference."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.operations.maquette.comparison import compare
from maillage.operations.maquette.content import annexes, canonical, checksum, entries
from maillage.operations.maquette.tables import BREAKDOWNS, by_operation, table


def content(*operations):
    return {"operations": list(operations)}


def operation(key, lines, status="on_track", owners=("CC du Val",), **more):
    return {
        "key": key,
        "number": "1.1",
        "title": f"Opération {key}",
        "orientation": "1",
        "owners": [{"name": name} for name in owners],
        "status": status,
        "lines": lines,
    } | more


def funding(key, brings, source="detr", years=(), **more):
    return {
        "key": key,
        "source": source,
        "family": "state",
        "section": "investment",
        "funder": "",
        "brings": str(brings),
        "paid": "0.00",
        "years": [{"year": y, "committed": str(c), "payable": str(p)} for y, c, p in years],
    } | more


cents = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)
fundings = st.lists(
    st.tuples(
        st.sampled_from(["detr", "region", "own_funds"]),
        cents,
        st.lists(st.tuples(st.integers(2024, 2028), cents, cents), max_size=3),
    ),
    max_size=6,
)


@st.composite
def contents(draw):
    made = draw(st.lists(st.tuples(fundings, st.sampled_from(["late", "blocked"])), max_size=5))
    return content(
        *(
            operation(
                str(i),
                [funding(f"{i}-{j}", b, s, y) for j, (s, b, y) in enumerate(lines)],
                status,
            )
            for i, (lines, status) in enumerate(made)
        )
    )


@given(contents(), st.sampled_from(["committed", "payable"]))
def test_every_breakdown_closes_on_the_same_total(of, money):
    lines = entries(of)
    tables = [table(lines, by, money) for by in BREAKDOWNS]
    for found in tables:
        assert sum(found.sums) == found.total == sum(entry.brings for entry in lines)
        assert all(sum(row.amounts) == row.total for row in found.rows)
    assert len({found.sums for found in tables}) <= 1


@given(contents())
def test_every_line_is_under_its_operation_and_in_its_sum(of):
    lines = entries(of)
    groups = by_operation(lines)
    assert [line for group in groups for line in group.lines] == list(lines)
    for group in groups:
        assert {line.operation_key for line in group.lines} == {group.key}
        assert group.brings == sum(line.brings for line in group.lines)


@given(contents(), contents())
def test_differences_sum_to_the_difference(before, after):
    found = compare(before, after)
    assert found.before + sum(c.difference for c in found.changes) == found.after
    lines = {e.key for e in entries(before)} | {e.key for e in entries(after)}
    assert len(found.changes) + found.unchanged == len(lines)


@given(contents())
def test_a_maquette_compared_with_itself_has_not_changed(of):
    assert compare(of, of).changes == ()


def test_what_no_year_has_is_a_column_of_its_own():
    found = table(
        entries(content(operation("a", [funding("l", 10, years=[(2026, 4, 0)])]))), "source"
    )
    assert found.columns == (2026, None)
    assert found.rows[0].amounts == (4, 6)


def test_two_owners_make_one_row_so_that_nothing_counts_twice():
    shared = operation("a", [funding("l", 10)], owners=("CC du Val", "CC des Monts"))
    assert [r.key for r in table(entries(content(shared)), "owner").rows] == [
        "CC du Val et CC des Monts"
    ]


@pytest.mark.parametrize(
    ("before", "after", "kind", "difference"),
    [
        ([], [funding("l", 5)], "added", 5),
        ([funding("l", 5)], [], "removed", -5),
        ([funding("l", 5)], [funding("l", 7)], "changed", 2),
        ([funding("l", 5)], [funding("l", 5, "dsil")], "changed", 0),
    ],
)
def test_kinds_of_change(before, after, kind, difference):
    found = compare(content(operation("a", before)), content(operation("a", after)))
    assert [(c.kind, c.difference) for c in found.changes] == [(kind, difference)]


def test_the_checksum_is_that_of_the_content_whatever_the_order_of_keys():
    one, other = {"a": 1, "b": ["é"]}, {"b": ["é"], "a": 1}
    assert checksum(canonical(one)) == checksum(canonical(other))
    assert checksum(canonical(one)) != checksum(canonical({"a": 2, "b": ["é"]}))


def test_fiches_are_annexed_without_their_money():
    assert "lines" not in next(annexes(content(operation("a", []))))
