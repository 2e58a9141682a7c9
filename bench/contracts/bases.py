"""Bases of a run: a SQLite file, a PostgreSQL cluster made for it and thrown away after."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"


def binaries() -> Path | None:
    """Folder of the newest PostgreSQL of the machine, as Debian installs it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres(tools: Path) -> Iterator[str]:
    """The address of its base. The server refuses to run as root: « postgres » runs it then."""
    home = Path(tempfile.mkdtemp())
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    options = f"-c listen_addresses={HOST} -c port={port} -c unix_socket_directories="
    _run(home, tools / "initdb", "--pgdata", "data", "--username", "maillage", "--auth", "trust",
         "--encoding", "UTF8", "--locale", "C")  # fmt: skip
    _run(home, tools / "pg_ctl", "--pgdata", "data", "--log", "log", "--wait", "start",
         "--options", options)  # fmt: skip
    try:
        yield f"postgresql://maillage@{HOST}:{port}/postgres"
    finally:
        _run(home, tools / "pg_ctl", "--pgdata", "data", "--mode", "immediate", "stop")
        shutil.rmtree(home)


def _run(home: Path, *command: str | Path) -> None:
    as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*as_other, *command], cwd=home, check=True, stdout=subprocess.DEVNULL)
