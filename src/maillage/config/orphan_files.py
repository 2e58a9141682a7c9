"""Files that people added and that nothing speaks of any more."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import FileField, Model

#: A younger file may belong to a form that is being saved.
DAY = 24 * 3600


def orphan_files(root: Path) -> list[Path]:
    """Those under ``root`` that no row names, and that are a day old at least."""
    named = set(named_files())
    before = time.time() - DAY
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file()
        and not path.is_symlink()
        and path.relative_to(root).as_posix() not in named
        and path.stat().st_mtime < before
    )


def named_files() -> Iterator[str]:
    """Names, under the folder of files, that a row of the base holds, whatever the room."""
    for model, column in _columns():
        rows = model._default_manager.exclude(**{column: ""}).values_list(column, flat=True)
        yield from rows.iterator()


def _columns() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model, field.name
