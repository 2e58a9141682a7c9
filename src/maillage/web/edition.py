"""The edition being served: opened once, opened again when another becomes current."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from maillage.engine.edition import Edition, current_edition
from maillage.engine.writer import CURRENT


def served_edition() -> Edition:
    """InputError when there is none yet."""
    editions: Path = settings.EDITIONS
    pointer = editions / CURRENT
    return _open(editions, pointer.read_text(encoding="utf-8") if pointer.is_file() else "")


@lru_cache(maxsize=1)
def _open(editions: Path, current: str) -> Edition:
    return current_edition(editions)
