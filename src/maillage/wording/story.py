"""The story of a territory, in sentences made of its figures. What would be false is not said.

A rate is told only where the file shows every exchange of the territory; else a count, as the
minimum it is, with what the file leaves out. Nothing is told of what the file does not see.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.common.french import NO_BREAK, percent, typeset
from maillage.engine.dataset import Coverage
from maillage.observatory.answers.balance import Balance
from maillage.observatory.answers.portrait import Family, Portrait, Rank
from maillage.wording.figures import Figure, amount, figure
from maillage.wording.standing import compared, standing
from maillage.wording.story_partners import first_named
from maillage.wording.tellings import TELLINGS, Telling, period


@dataclass(frozen=True)
class Sentence:
    """One sentence: its anchor, the family and the indicator it comes from, its text.

    ``text`` ends with the source and a full stop; ``balance`` is what a citation needs.
    """

    id: str
    flow: str
    slug: str
    indicator: str
    text: str
    balance: Balance


def story(portrait: Portrait, home: dict[str, frozenset[str]]) -> tuple[Sentence, ...]:
    """Sentences that can be told; ``home``: by flow, codes of partners the territory is part of."""
    families = {family.flow: family for family in portrait.families}
    found = (
        _sentence(telling, families[telling.flow], home.get(telling.flow, frozenset()))
        for telling in TELLINGS
        if telling.flow in families
    )
    return tuple(sentence for sentence in found if sentence is not None)


def _sentence(telling: Telling, family: Family, home: frozenset[str]) -> Sentence | None:
    balance = family.balance
    if balance is None or not getattr(balance, telling.way):
        return None
    shown = _figure(balance, telling.way)
    rank = _rank(telling, family)
    parts = [_fact(telling, balance, shown), _partners(telling, balance, home)]
    text = "".join((*parts, *_after(telling, rank, balance, shown)))
    text = f"D’après une estimation, {text}" if balance.source.estimated else text
    return Sentence(
        id=telling.id,
        flow=family.flow,
        slug=family.slug,
        indicator=telling.indicator,
        text=typeset(f"{text[0].upper()}{text[1:]} {_source(balance, rank)}."),
        balance=balance,
    )


def _fact(telling: Telling, balance: Balance, shown: Figure) -> str:
    words = {"year": str(balance.year)} | period(telling.flow, balance.year)
    share = _share(telling, balance)
    if share is not None:
        return telling.share.format(share=_percent(share), **words)
    value = getattr(balance, telling.way)
    form = telling.one if round(value) < 2 else telling.several
    return form.format(count=f"{_least(shown)}{amount(value, balance.unit.id)}", **words)


def _share(telling: Telling, balance: Balance) -> float | None:
    """Of what stays and goes (or comes); None where a part of it is not wholly known."""
    moved, stayed = getattr(balance, telling.way), balance.internal
    if not telling.share or not whole(balance, telling.way) or stayed is None:
        return None
    if not whole(balance, "internal") or moved + stayed <= 0:
        return None
    return float(moved / (moved + stayed))


def whole(balance: Balance, name: str) -> bool:
    """Whether a figure is all there is: neither cut by the universe nor by secrecy."""
    covered = getattr(balance.universe.coverage, name) is Coverage.COMPLETE
    return covered and not getattr(balance.secrecy, name).hidden_cells


def _percent(share: float) -> str:
    """Never « 0 % » of something, nor « 100 % » of all but something."""
    if share < 0.0005:
        return "moins de 0,1 %"
    if 0.9995 <= share < 1:
        return "plus de 99,9 %"
    return percent(share, 1 if share < 0.1 or 0.99 < share < 1 else 0)


def _partners(telling: Telling, balance: Balance, home: frozenset[str]) -> str:
    if not whole(balance, telling.way):
        return _at_least_one(telling, balance, home)
    names = first_named(balance, telling.way, telling.link, home)
    return f", d’abord {names}" if names else ""


def _at_least_one(telling: Telling, balance: Balance, home: frozenset[str]) -> str:
    """The file may not show the first partner: one is named for what it is, with its figure."""
    names = first_named(balance, telling.way, telling.link, home, count=1)
    if not names:
        return ""
    first = max(getattr(partner, telling.way) or 0 for partner in balance.partners)
    return f", dont {amount(first, balance.unit.id)} {names}"


def _after(telling: Telling, rank: Rank | None, balance: Balance, shown: Figure) -> Iterator[str]:
    """Where it stands, what is missing, how sure it is."""
    if rank is not None:
        yield f" ; {standing(rank)}"
    if getattr(balance.universe.coverage, telling.way) is Coverage.PARTIAL:
        yield f" ; le fichier ne contient que les échanges {balance.universe.label}"
    if getattr(balance.secrecy, telling.way).hidden_cells:
        yield " ; le reste est couvert par le secret statistique"
    if shown.fragile:
        yield " ; l’effectif est faible, le chiffre est à lire avec précaution"


def _rank(telling: Telling, family: Family) -> Rank | None:
    """Of the very rate that is told; None where a count is told instead."""
    if family.balance is None or _share(telling, family.balance) is None:
        return None
    return next((rank for rank in family.ranks if rank.indicator == telling.indicator), None)


def _figure(balance: Balance, way: str) -> Figure:
    return figure(
        getattr(balance, way),
        balance.unit.id,
        getattr(balance.precision, way),
        getattr(balance.universe.coverage, way),
        getattr(balance.secrecy, way),
    )


def _least(shown: Figure) -> str:
    return "au moins " if shown.minimum else ""


def _source(balance: Balance, rank: Rank | None) -> str:
    """« (30 communautés urbaines ; RP 2021) », and that data are invented when they are."""
    census = bool(balance.precision.internal.reading or balance.precision.outgoing.reading)
    year = f"RP{NO_BREAK}{balance.year}" if census else str(balance.year)
    parts = [] if rank is None else [compared(rank)]
    parts.append(f"{year}, données fictives" if balance.source.fictional else year)
    return f"({' ; '.join(parts)})"
