"""Bases of a run: SQLite files, a PostgreSQL cluster. They are kept from a run to the next, as long
as what fills them is the same."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

HOST = "127.0.0.1"
HERE = Path(__file__).parent
SOURCES = HERE.parent.parent / "src" / "maillage"


def digest() -> str:
    """Of what fills a base and of its tables."""
    found = sha256()
    for path in (
        *(HERE / "fill.py", HERE / "sizes.py"),
        *sorted(SOURCES.glob("*/migrations/*.py")),
    ):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def kept(folder: Path) -> Path:
    """Where the bases of today’s code are; those of another are removed."""
    home = folder / f"bases-{digest()}"
    for other in folder.glob("bases-*"):
        if other != home:
            shutil.rmtree(other)
    home.mkdir(parents=True, exist_ok=True)
    return home


def binaries() -> Path | None:
    """Folder of the newest PostgreSQL of the machine, as Debian installs it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres(tools: Path, home: Path, bases: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Addresses of its bases. The server refuses to run as root: « postgres » runs it then."""
    home.mkdir(exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    options = f"-c listen_addresses={HOST} -c port={port} -c unix_socket_directories="
    new = not (home / "ready").exists()
    if new:
        shutil.rmtree(home / "data", ignore_errors=True)
        _run(home, tools / "initdb", "--pgdata", "data", "--username", "maillage",
             "--auth", "trust", "--encoding", "UTF8", "--locale", "C")  # fmt: skip
    _run(home, tools / "pg_ctl", "--pgdata", "data", "--log", "log", "--wait", "start",
         "--options", options)  # fmt: skip
    try:
        if new:
            for base in bases:
                _run(home, tools / "createdb", "--host", HOST, "--port", str(port),
                     "--username", "maillage", base)  # fmt: skip
            (home / "ready").touch()
        yield {base: f"postgresql://maillage@{HOST}:{port}/{base}" for base in bases}
    finally:
        _run(home, tools / "pg_ctl", "--pgdata", "data", "--mode", "fast", "stop")


def _run(home: Path, *command: str | Path) -> None:
    as_other = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*as_other, *command], cwd=home, check=True, stdout=subprocess.DEVNULL)
