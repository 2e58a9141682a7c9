"""Two territories as a page and a dossier show them: sentences, rows of flows and of themes."""

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.common.french import (
    UNKNOWN,
    listing,
    measure,
    number,
    percent,
    quantity,
    signed,
)
from maillage.common.names import of_the
from maillage.engine.dataset import Coverage
from maillage.observatory.answers.balance import PartnerBalance
from maillage.observatory.answers.pair import Pair, PairFlow, PairGroup, PairTheme, Tie
from maillage.wording.exchanges import exchange_sentence
from maillage.wording.figures import Figure, absent, figure
from maillage.wording.quadrants import MEANINGS, bringing, sharing

#: An exchange within this ratio of what is expected is as expected.
_CLOSE = 0.1
#: Families that a key sentence tells, when they circulate.
_TOLD = ("commuting", "residential", "school")
_THEMES = 2


@dataclass(frozen=True)
class FlowRow:
    """One family: both ways, their part on each side, what was expected. ``why`` when absent.

    Widths are in percent of the larger way.
    """

    flow: PairFlow
    unit: str
    out: Figure
    into: Figure
    out_width: float
    in_width: float
    shares: tuple[str, str, str, str]
    expected: str  # French; empty when no model tells
    why: str


@dataclass(frozen=True)
class ThemeRow:
    """One theme: coverages as text and in percent. ``why`` when one is unknown."""

    theme: PairTheme
    here: str
    other: str
    apart: str
    together: str
    gain: str
    widths: tuple[float, float, float, float] | None  # here, other, apart, together
    why: str


def flow_rows(pair: Pair) -> list[FlowRow]:
    """In the order of the catalogue, missing families included."""
    return [_flow_row(flow) for flow in pair.flows]


def _flow_row(flow: PairFlow) -> FlowRow:
    exchange, unit = flow.exchange, flow.unit
    if exchange is None or unit is None or flow.shares is None:
        none = absent(Coverage.ABSENT)
        return FlowRow(flow, "", none, none, 0, 0, ("", "", "", ""), "", flow.missing)
    longest = max(exchange.outgoing or 0, exchange.incoming or 0) or 1
    out, into = (
        figure(value, unit.id, precision, exchange.coverage, secrecy)
        for value, precision, secrecy in (
            (exchange.outgoing, exchange.precision.outgoing, exchange.secrecy.outgoing),
            (exchange.incoming, exchange.precision.incoming, exchange.secrecy.incoming),
        )
    )
    shares = flow.shares
    told = (shares.of_departures, shares.of_arrivals)
    told_other = (shares.of_other_departures, shares.of_other_arrivals)
    first, second, third, fourth = (_share(share) for share in (*told, *told_other))
    return FlowRow(
        flow=flow,
        unit=unit.label,
        out=out,
        into=into,
        out_width=100 * (exchange.outgoing or 0) / longest,
        in_width=100 * (exchange.incoming or 0) / longest,
        shares=(first, second, third, fourth),
        expected=_expected(flow),
        why="",
    )


def _share(share: float | None) -> str:
    return UNKNOWN if share is None else percent(share, 0 if share >= 0.1 or not share else 1)


def _expected(flow: PairFlow) -> str:
    """« 10 % de moins qu’attendu (6 092) »: both ways, against size and distance."""
    found = _ratio(flow)
    if found is None:
        return ""
    ratio, expected = found
    if abs(ratio - 1) <= _CLOSE:
        return f"autant qu’attendu ({number(expected)})"
    if ratio >= 2:
        return f"{number(ratio, 1)} fois l’attendu ({number(expected)})"
    more = "plus" if ratio > 1 else "moins"
    return f"{percent(abs(ratio - 1), 0)} de {more} qu’attendu ({number(expected)})"


def _ratio(flow: PairFlow) -> tuple[float, float] | None:
    """Observed over expected, both ways together, and what was expected."""
    exchange, expected = flow.exchange, flow.expected
    if exchange is None or expected is None:
        return None
    observed = (exchange.outgoing, exchange.incoming)
    foreseen = (expected.outgoing, expected.incoming)
    if None in observed or None in foreseen:
        return None
    total = sum(value or 0 for value in foreseen)
    return (sum(value or 0 for value in observed) / total, total) if total >= 1 else None


def theme_rows(pair: Pair) -> list[ThemeRow]:
    """The largest gain first, those without a figure last."""
    rows = [_theme_row(theme) for theme in pair.themes]
    return sorted(rows, key=lambda row: -1 if row.theme.gain is None else row.theme.gain)[::-1]


def _theme_row(theme: PairTheme) -> ThemeRow:
    shares = (theme.coverage_here, theme.coverage_other, theme.apart, theme.together)
    known = [100 * share for share in shares if share is not None]
    here, other, apart, together = (_share(share) for share in shares)
    return ThemeRow(
        theme=theme,
        here=here,
        other=other,
        apart=apart,
        together=together,
        gain=UNKNOWN if theme.gain is None else gain_text(theme.gain),
        widths=(known[0], known[1], known[2], known[3]) if len(known) == 4 else None,
        why=theme.missing,
    )


def gain_text(gain: float) -> str:
    """γ in points of coverage: « +2,4 points », « aucun »."""
    points = round(100 * gain, 1)
    return f"{signed(points, 1)}\u00a0{'point' if points < 2 else 'points'}" if points else "aucun"


def exchanged_groups(theme: PairTheme) -> list[PairGroup]:
    """Groups where one's surplus meets the other's need."""
    return [group for group in theme.groups if group.to_other or group.from_other]


def tie_text(tie: Tie) -> str:
    """With its unit. « infime »: not zero, though its decimals would show nothing else."""
    tiny = tie.value and tie.unit == "index" and not round(tie.value, tie.decimals)
    return "infime" if tiny else measure(tie.value, tie.unit, tie.decimals)


def key_sentences(pair: Pair) -> list[str]:
    """What two presidents should have read, at most six sentences of figures."""
    return [sentence for sentence in _sentences(pair) if sentence]


def _sentences(pair: Pair) -> Iterator[str]:
    here, other = pair.territory.name, pair.other.name
    for flow in pair.flows:
        if flow.flow in _TOLD:
            yield _told(flow, here, other)
    yield _gains(pair)
    yield bringing(pair.themes, here=here, other=other)
    yield sharing(pair.common)
    if pair.place is not None and pair.place.quadrant is not None:
        yield f"{pair.place.quadrant_label}. {MEANINGS[pair.place.quadrant]}"


def flow_sentence(flow: PairFlow, here: str, other: str) -> str:
    """What circulates, with its year; empty when nothing is known to."""
    exchange = flow.exchange
    if exchange is None or exchange.outgoing is None or exchange.incoming is None:
        return ""
    sentence = exchange_sentence(flow.flow, here, other, exchange.outgoing, exchange.incoming)
    if not sentence:
        return ""
    if exchange.coverage is not Coverage.COMPLETE or _hidden(exchange):
        sentence = f"Au moins {sentence}"
    return f"{sentence[:-1]} ({flow.year})."


def _told(flow: PairFlow, here: str, other: str) -> str:
    """The same, with the weight of commuting."""
    sentence = flow_sentence(flow, here, other)
    weight = _weight(flow, here) if sentence and flow.flow == "commuting" else ""
    return f"{sentence} {weight}" if weight else sentence


def _hidden(exchange: PartnerBalance) -> bool:
    """Whether secrecy leaves something of it out."""
    return bool(exchange.secrecy.outgoing.hidden_cells or exchange.secrecy.incoming.hidden_cells)


def _weight(flow: PairFlow, here: str) -> str:
    """The part of the exchange on this side, and whether it is more than expected."""
    told = []
    if flow.shares is not None and flow.shares.of_departures is not None:
        told.append(f"{_share(flow.shares.of_departures)} des sortants {of_the(here)} y vont")
    found = _expected(flow)
    if found:
        told.append(f"l’échange est {found}" if "fois" in found else f"ils échangent {found}")
    text = " ; ".join(told)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _gains(pair: Pair) -> str:
    gained = sorted(
        (theme for theme in pair.themes if (theme.gain or 0) >= 0.0005),
        key=lambda theme: -(theme.gain or 0),
    )[:_THEMES]
    told = [
        f"{percent(theme.together, 0)} au lieu de {percent(theme.apart, 0)} ({theme.title.lower()})"
        for theme in gained
        if theme.together is not None
    ]
    return f"Réunis, ils couvriraient en théorie {listing(told)} de leurs besoins." if told else ""


def amounts(group: PairGroup, unit: str) -> tuple[str, str]:
    """What each could bring the other, with its unit; a dash for nothing."""
    given = (group.to_other, group.from_other)
    first, second = (quantity(value, unit) if value else "–" for value in given)
    return first, second
