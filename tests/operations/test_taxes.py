"""What mixes amounts before and after tax says so, in the same words everywhere."""

import pytest
from tests.operations.test_maquette_tables import content, funding, operation

from maillage.operations.maquette.comparison import compare
from maillage.operations.maquette.content import entries
from maillage.operations.maquette.tables import by_operation
from maillage.operations.maquette.taxes import (
    TaxBases,
    added_words,
    costs_words,
    left_out_words,
    maquette_words,
    mixed_words,
    mixes,
    tax_bases,
)


def plain(words):
    return words.replace("\xa0", " ")


def held(key, *taxes, tax="ht", **more):
    lines = [funding(f"{key}{n}", 10, tax=one) for n, one in enumerate(taxes)]
    return operation(key, lines, tax=tax, **more)


@pytest.mark.parametrize(
    ("bases", "told"),
    [
        (TaxBases(3, 0, 0), ""),
        (TaxBases(0, 0, 0), ""),
        (TaxBases(0, 2, 0), "Montants toutes taxes comprises."),
        (TaxBases(0, 0, 2), "Les lignes ne disent pas si leurs montants sont HT ou TTC."),
        (TaxBases(3, 1, 0), "Ces totaux additionnent telles quelles 3 lignes hors taxes et "
                            "1 ligne toutes taxes comprises."),
        (TaxBases(1, 0, 2), "Ces totaux additionnent telles quelles 1 ligne hors taxes et "
                            "2 lignes sans mention HT ou TTC."),
    ],
)  # fmt: skip
def test_sums_say_what_they_are_made_of(bases, told):
    assert plain(added_words(bases)) == told


def test_words_agree_with_their_count():
    assert mixed_words(0) == left_out_words(0) == costs_words(0) == ""
    assert plain(mixed_words(1)).startswith("1 opération mélange des lignes HT et TTC : son total")
    assert "leurs financements ne sont" in left_out_words(2)
    assert plain(costs_words(2)).endswith("additionnées telles quelles.")


def test_a_maquette_of_one_basis_says_nothing():
    assert maquette_words(content(held("a", "ht"), held("b", "ht"))) == ()


def test_a_maquette_tells_its_costs_its_sums_and_its_mixed_plans():
    told = [plain(words) for words in maquette_words(
        content(held("a", "ht", "ttc"), held("b", "ttc", tax="ttc"), held("c", "ht"))
    )]  # fmt: skip
    assert told[0].startswith("Montants hors taxes, sauf 1 opération toutes taxes comprises")
    assert "2 lignes hors taxes et 2 lignes toutes taxes comprises" in told[1]
    assert told[2].startswith("1 opération mélange")


def test_what_is_out_of_the_contract_or_brings_nothing_mixes_nothing():
    nothing = operation("z", [funding("z", 0, tax="ttc"), funding("y", 5, tax="ht")], tax="ht")
    assert not mixes(nothing)
    out = held("o", "ttc", tax="ttc", outside=True)
    assert maquette_words(content(held("a", "ht"), nothing, out)) == ()


def test_lines_kept_before_the_basis_was_are_unknown():
    old = operation("a", [funding("a", 10)], tax="ht")
    (entry,) = entries(content(old))
    assert (entry.tax, tax_bases([entry]), mixes(old)) == ("", TaxBases(0, 0, 1), False)


def test_a_group_of_both_bases_has_no_sum():
    one, other = by_operation(entries(content(held("a", "ht", "ttc"), held("b", "ht", "ht"))))
    assert (one.brings, one.paid, other.brings) == (None, None, 20)


def test_two_maquettes_tell_the_bases_of_both():
    found = compare(content(held("a", "ttc")), content(held("b", "ht", "ht")))
    assert found.bases == TaxBases(2, 1, 0)
