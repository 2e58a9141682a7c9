"""Servers of a run: each in a process of its own, on loopback, one worker and as many threads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

HOST = "127.0.0.1"
#: Seconds that a server may take before it answers.
PATIENCE = 180.0
FILES = "bench.web.files_server:application"
_SITE = "from pathlib import Path; from maillage.config.serve import serve; "
_SITE += "serve(Path({editions!r}), {host!r}, {port})"
_FILES_SERVER = (
    "from granian.constants import Interfaces; from granian.log import LogLevels; "
    "from granian.server import Server; from maillage.config.serve import THREADS; "
    "Server({target!r}, address={host!r}, port={port}, interface=Interfaces.WSGI, workers=1, "
    "blocking_threads=THREADS, websockets=False, log_level=LogLevels.warning, "
    "log_access=False).serve()"
)


@dataclass(frozen=True)
class Served:
    """``started``: seconds from the launch to the first answer."""

    port: int
    started: float

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"


@contextmanager
def site(editions: Path, var: Path) -> Iterator[Served]:
    """The site as ``maillage serve`` serves it, with a base of its own."""
    port = _free_port()
    code = _SITE.format(editions=str(editions), host=HOST, port=port)
    settings = {"DJANGO_SETTINGS_MODULE": "bench.web.settings", "MAILLAGE_VAR": str(var)}
    with _running(code, settings, port, "/mentions/") as served:
        yield served


@contextmanager
def files(folder: Path, known: str) -> Iterator[Served]:
    """The files of a folder; ``known`` is the address of one."""
    port = _free_port()
    code = _FILES_SERVER.format(target=FILES, host=HOST, port=port)
    settings = {"MAILLAGE_BENCH_FILES": str(folder)}
    with _running(code, settings, port, known) as served:
        yield served


@contextmanager
def _running(code: str, settings: Mapping[str, str], port: int, known: str) -> Iterator[Served]:
    start = time.monotonic()
    server = subprocess.Popen([sys.executable, "-c", code], env=os.environ | settings)
    try:
        _wait(server, port, known)
        yield Served(port, time.monotonic() - start)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(server: "subprocess.Popen[bytes]", port: int, known: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = HTTPConnection(HOST, port, timeout=PATIENCE)
            connection.request("GET", known)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("a server did not start; its error is above")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
