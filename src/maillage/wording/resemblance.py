"""What makes territories alike, as a table: the published variables, and each one’s values."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.common.french import number, percent
from maillage.observatory.answers.peers import Peer, Peers


@dataclass(frozen=True)
class Resemblance:
    """A variable, its value for the territory, then for each of those alike."""

    title: str
    unit_label: str
    values: tuple[str, ...]


def resemblance(alike: Peers, shown: Sequence[Peer]) -> tuple[Resemblance, ...]:
    """In the published order, for the peers that are shown."""
    return tuple(
        Resemblance(
            title=variable.title,
            unit_label=variable.unit_label,
            values=tuple(
                _text(value, variable.unit_label)
                for value in (variable.value, *(peer.values[row] for peer in shown))
            ),
        )
        for row, variable in enumerate(alike.variables)
    )


def _text(value: float | None, unit_label: str) -> str:
    """The catalogue names the unit of a ratio « part des… »."""
    return percent(value) if unit_label.startswith("part ") else number(value)
