"""Files that are whole or absent, and what to say when the disk is full."""

import errno
import os
import shutil
from pathlib import Path

from maillage.common.errors import InputError
from maillage.common.french import quantity

_FULL = {errno.ENOSPC, errno.EDQUOT}
_SIZES = ((1e9, "Go", 1), (1e6, "Mo", 1), (1e3, "ko", 0))


def is_disk_full(error: BaseException | None) -> bool:
    """True for the errors by which a system says that nothing more can be written."""
    return isinstance(error, OSError) and error.errno in _FULL


def disk_full(folder: Path, needed: int) -> InputError:
    """The error to raise; ``needed`` counts all the bytes the work had to put in ``folder``."""
    free = shutil.disk_usage(folder).free
    return InputError(
        problem=f"l’espace disque manque : il faut au moins {byte_size(needed)}, "
        f"il reste {byte_size(free)}.",
        remedy="libérez de la place ou choisissez un autre dossier, puis relancez ; "
        "rien de ce qui était publié n’a changé.",
        file=str(folder),
    )


def byte_size(count: float) -> str:
    """« 12,3 Mo »."""
    for scale, unit, decimals in _SIZES:
        if count >= scale:
            return quantity(count / scale, unit, decimals)
    return quantity(count, "octets")


def files_under(folder: Path) -> list[Path]:
    """Every file of a folder in path order, those behind linked folders too.

    A link that leads back above itself is not followed twice.
    """
    found: list[Path] = []
    seen: set[str] = set()
    for home, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(home)
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        found += [path for name in names if (path := Path(home, name)).is_file()]
    return sorted(found)


def sync_folder(folder: Path) -> None:
    """Makes the names a folder holds outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_text(path: Path, text: str) -> None:
    """Gives a file its new text in one step: readers see the old one or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    sync_folder(path.parent)
