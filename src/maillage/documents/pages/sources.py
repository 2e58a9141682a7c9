"""Sources as the foot of a printed document tells them."""

from collections.abc import Sequence

from maillage.common.french import listing, typeset
from maillage.observatory.citation import FileCited, SourceCited, UniverseCited


def source_text(
    title: str, source: SourceCited, year: int | None, universe: UniverseCited | None
) -> str:
    """« Navettes : Insee, Recensement…, 2021, ensemble du pays. »"""
    files = file_titles(source.files, producers=not source.fictional)
    parts = [files, str(year or ""), "" if universe is None else universe.label]
    text = ", ".join(part for part in parts if part)
    estimated = " Estimation." if source.estimated else ""
    return typeset(f"{title} : {_format(source.fictional)}{text}.{estimated}")


def undated(title: str, files: str, *, fictional: bool) -> str:
    return typeset(f"{title} : {_format(fictional)}{files}.")


def file_titles(files: Sequence[FileCited], *, producers: bool = False) -> str:
    """Each once, after its producer where it is to be named."""
    named = [f"{f.producer}, {f.title}" if producers and f.producer else f.title for f in files]
    return listing([*dict.fromkeys(named)])


def _format(fictional: bool) -> str:
    return "données fictives, au format " if fictional else ""
