"""Amounts before and after tax (HT, TTC): where a maquette mixes them, and how that is said.

Pages, workbooks, prints and slides all say it with these words: no sum is silently made of both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from maillage.common.french import counted, listing, plural, typeset
from maillage.operations.maquette.content import Content, Entry, entries

MIXED = "HT et TTC"
#: Of one plan: what is written where its total would stand.
NO_TOTAL = "Lignes HT et TTC mélangées : aucun total."
_BEFORE, _AFTER = "hors taxes", "toutes taxes comprises"


@dataclass(frozen=True)
class TaxBases:
    """How many lines bring money in each basis; ``unknown``: maquettes arrêtées before it was
    kept."""

    before: int
    after: int
    unknown: int

    @property
    def mixed(self) -> bool:
        return sum(map(bool, (self.before, self.after, self.unknown))) > 1


def tax_bases(lines: Iterable[Entry]) -> TaxBases:
    taxes = [entry.tax for entry in lines if entry.brings]
    return TaxBases(taxes.count("ht"), taxes.count("ttc"), taxes.count(""))


def mixes(operation: Content) -> bool:
    """Whether lines of an operation bring money in the other basis than its cost: neither a total
    nor what is missing means anything. Of lines whose basis was not kept, nobody knows."""
    taxes = {line.get("tax") for line in operation["lines"] if Decimal(line["brings"])}
    basis = operation.get("tax")
    return bool(basis and taxes - {None, basis})


def added_words(bases: TaxBases) -> str:
    """What the sums of these lines are made of; empty when all is before tax."""
    parts = [f"{counted(bases.before, 'ligne')} {_BEFORE}"] * bool(bases.before)
    parts += [f"{counted(bases.after, 'ligne')} {_AFTER}"] * bool(bases.after)
    if bases.unknown:
        parts.append(f"{counted(bases.unknown, 'ligne')} sans mention HT ou TTC")
    if bases.mixed:
        return typeset(f"Ces totaux additionnent telles quelles {listing(parts)}.")
    if bases.unknown:
        return "Les lignes ne disent pas si leurs montants sont HT ou TTC."
    return f"Montants {_AFTER}." if bases.after else ""


def mixed_words(count: int) -> str:
    """Of operations whose plan mixes both; empty when none does."""
    who = counted(count, "opération mélange", "opérations mélangent")
    whose = plural(count, "son total, son reste à trouver et sa part financée ne sont",
                   "leur total, leur reste à trouver et leur part financée ne sont")  # fmt: skip
    return typeset(f"{who} des lignes HT et TTC : {whose} pas calculés.") if count else ""


def left_out_words(count: int) -> str:
    """Of those same operations, where sums leave their money out; empty when there are none."""
    who = counted(count, "opération mélange", "opérations mélangent")
    whose = plural(count, "ses financements ne sont", "leurs financements ne sont")
    return typeset(f"{who} des lignes HT et TTC : {whose} dans aucun total.") if count else ""


def costs_words(count: int) -> str:
    """Of operations told after tax among the others; empty when there are none."""
    added = plural(count, "additionnée telle quelle", "additionnées telles quelles")
    told = f"{counted(count, 'opération')} {_AFTER}, {added}"
    return typeset(f"Montants {_BEFORE}, sauf {told}.") if count else ""


def maquette_words(content: Content) -> tuple[str, ...]:
    """All that its sums call for, operations out of the contract left aside."""
    return tuple(filter(None, _words(content)))


def _words(content: Content) -> Iterator[str]:
    held = [item for item in content["operations"] if not item.get("outside")]
    bases = tax_bases(entry for entry in entries(content) if not entry.outside)
    costed = [item for item in held if item["status"] != "dropped"]
    after = sum(item.get("tax") == "ttc" for item in costed)
    if after < len(costed):
        yield costs_words(after)
    yield added_words(bases)
    yield mixed_words(sum(map(mixes, held)))
