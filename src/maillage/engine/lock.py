"""One build at a time in a folder of editions."""

import fcntl
import os
from pathlib import Path
from typing import IO

from maillage.common.errors import InputError

LOCK = ".lock"


def acquire_lock(editions: Path) -> IO[str]:
    """The held lock; closing it, or the death of the process, releases it.

    The system holds the lock, so one left by a dead process holds nobody back. Raises
    InputError naming the process at work when there is one.
    """
    stream = (editions / LOCK).open("a+", encoding="utf-8")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        stream.seek(0)
        pid = stream.read().strip() or "inconnu"
        stream.close()
        raise InputError(
            problem=f"une construction est déjà en cours dans ce dossier (processus {pid}).",
            remedy="attendez qu’elle se termine, ou arrêtez ce processus, puis relancez.",
            file=str(editions),
        ) from error
    stream.truncate(0)
    stream.write(str(os.getpid()))
    stream.flush()
    return stream
