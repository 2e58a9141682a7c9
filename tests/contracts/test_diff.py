"""The law of differences, on any snapshot."""

from hypothesis import given
from hypothesis import strategies as st

from maillage.contracts.diff import SECTIONS, apply, diff
from maillage.contracts.snapshot import needing
from maillage.contracts.tables import PROCEDURES, procedure_of

VALUES = (
    st.none()
    | st.booleans()
    | st.integers(0, 3)
    | st.text("aé’", max_size=2)
    | st.lists(st.integers(0, 2), max_size=2)
)
KEYS = st.sampled_from(["a", "b", "c"])
ENTRIES = st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=3), max_size=3)
SNAPSHOTS = st.fixed_dictionaries(dict.fromkeys(SECTIONS, ENTRIES))


@given(SNAPSHOTS, SNAPSHOTS)
def test_applying_the_difference_gives_the_other(old, new):
    before = repr(old)
    assert apply(diff(old, new), old) == new
    assert repr(old) == before


@given(SNAPSHOTS)
def test_nothing_differs_from_itself(snapshot):
    assert diff(snapshot, snapshot) == []


@given(SNAPSHOTS, SNAPSHOTS)
def test_keys_are_distinct_and_every_change_has_one_procedure(old, new):
    changes = diff(old, new)
    assert len({change.key for change in changes}) == len(changes)
    sorted_out = [c for p in ("avenant", "copil", "none") for c in needing(changes, p)]
    assert len(sorted_out) == len(changes)


def test_the_table_of_procedures_speaks_of_sections():
    assert {line.section for line in PROCEDURES} <= {*SECTIONS, "*"}
    assert procedure_of("members", "added", "").procedure == "avenant"
    assert procedure_of("operations", "changed", "title").procedure == "none"
    assert all(line.reason for line in PROCEDURES)
