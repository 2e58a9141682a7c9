"""The same bytes given as several files, or as several years: none can pass for two."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from maillage.catalog.cards import VintageFrom
from maillage.common.errors import InputError
from maillage.common.french import listing
from maillage.sources.mirror import MatchedFile, Refusal


def without_copies(
    files: Iterable[MatchedFile],
) -> tuple[tuple[MatchedFile, ...], tuple[Refusal, ...]]:
    """The files to read, and the refusals of those whose bytes are already there.

    When only names tell the year and they differ, nothing tells which is right: all are refused.
    """
    by_content: dict[tuple[str, str | None], list[MatchedFile]] = defaultdict(list)
    for file in files:
        by_content[file.sha256, file.entry.member].append(file)
    kept: list[MatchedFile] = []
    refused: list[Refusal] = []
    for group in by_content.values():
        right = _right(group)
        kept.extend([right] if right else [])
        refused.extend(_refusal(file, group) for file in group if file is not right)
    return tuple(kept), tuple(refused)


def _right(group: Sequence[MatchedFile]) -> MatchedFile | None:
    by_name = group[0].card.vintage.where is VintageFrom.FILENAME
    if by_name and len({file.year for file in group}) > 1:
        return None
    named_well = [file for file in group if file.year_in_name in (None, file.year)]
    return (named_well or group)[0]


def _refusal(file: MatchedFile, group: Sequence[MatchedFile]) -> Refusal:
    others = listing([f"« {other.name} »" for other in group if other is not file])
    years = sorted({other.year_in_name or other.year for other in group})
    several = f", données pour les années {listing(list(map(str, years)))}" if years[1:] else ""
    error = InputError(
        problem=f"ce fichier est, octet pour octet, le même que {others}{several}.",
        remedy="n’en gardez qu’un, sous le nom de son année.",
        file=file.name,
    )
    return Refusal(file.name, str(error), file.card.id)
