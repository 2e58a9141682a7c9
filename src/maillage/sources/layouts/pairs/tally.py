"""The account of the weight of a file: every millionth is placed, or lost for a reason."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from maillage.common.french import counted
from maillage.sources.account import ZERO, Account
from maillage.sources.layouts.pairs.parts import Parts
from maillage.sources.layouts.pairs.values import Pairs

SWALLOWED = "réunie à une cellule secrète par une fusion de communes"


def account_of(
    pairs: Pairs, parts: Parts, swallowed: int, rows: int, notes: Iterable[str]
) -> Account:
    """``swallowed`` are the millionths a hidden cell took with its hidden parts."""
    placement = parts.placement
    unplaced = Counter({SWALLOWED: swallowed}) if swallowed else Counter[str]()
    for pair in parts.lost:
        codes = (pairs.codes[pairs.origin[pair]], pairs.codes[pairs.destination[pair]])
        reason = next(placement.unplaced[code] for code in codes if code in placement.unplaced)
        unplaced[reason.split(" (")[0]] += int(pairs.micros[pair])
    held, total = parts.held(pairs), int(pairs.micros.sum())
    origin, destination = parts.nodes
    restored = placement.count(placement.restored)
    zeros = (f"Zéro de tête rétabli pour {counted(restored, 'code')}.",) if restored else ()
    return Account(
        rows=rows,
        total=_decimal(total),
        placed=_decimal(total - unplaced.total()),
        unplaced={reason: _decimal(micros) for reason, micros in sorted(unplaced.items())},
        estimated=_decimal(round(held[parts.is_split].sum())),
        suppressed=0 if pairs.suppressed is None else int(pairs.suppressed.sum()),
        vanished=placement.count(placement.vanished),
        moved=_decimal(round(held[parts.is_apart & (origin == destination)].sum())),
        notes=(*notes, *zeros),
    )


def joined(accounts: Sequence[Account], rows: int, notes: Iterable[str]) -> Account:
    """One account of the several years of a file that has ``rows`` rows."""
    unplaced: dict[str, Decimal] = {}
    for account in accounts:
        for reason, lost in account.unplaced.items():
            unplaced[reason] = unplaced.get(reason, ZERO) + lost
    return Account(
        rows=rows,
        total=sum((account.total for account in accounts), ZERO),
        placed=sum((account.placed for account in accounts), ZERO),
        unplaced=dict(sorted(unplaced.items())),
        estimated=sum((account.estimated for account in accounts), ZERO),
        suppressed=sum(account.suppressed for account in accounts),
        vanished=max((account.vanished for account in accounts), default=0),
        moved=sum((account.moved for account in accounts), ZERO),
        notes=tuple(dict.fromkeys([*notes, *(n for account in accounts for n in account.notes)])),
    )


def with_lost(account: Account, reason: str, micros: int) -> Account:
    """The account of a file that also held these millionths, on no node."""
    if not micros:
        return account
    lost = _decimal(micros)
    unplaced = {**account.unplaced, reason: account.unplaced.get(reason, ZERO) + lost}
    return replace(account, total=account.total + lost, unplaced=unplaced)


def _decimal(micros: int) -> Decimal:
    return Decimal(micros).scaleb(-6)
