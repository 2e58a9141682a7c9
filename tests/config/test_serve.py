"""The site as one command, on a folder of editions that is still empty."""

import os
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

SERVE = "from pathlib import Path; from maillage.config.serve import serve; "
SERVE += "serve(Path('editions'), '127.0.0.1', {port})"


@pytest.fixture
def server(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "editions").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE.format(port=port)],
        cwd=tmp_path,
        env=os.environ | {"MAILLAGE_VAR": str(tmp_path / "var")},
    )
    yield f"http://127.0.0.1:{port}", process
    process.terminate()
    process.wait(timeout=20)


def answer(address: str, process, seconds: float = 60) -> tuple[int, str]:
    """Status and text of the page, once the server listens."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=10) as found:
                return found.status, found.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")


def test_it_serves_pages_and_static_files(server):
    address, process = server
    status, text = answer(address, process)
    assert status == 503
    assert "maillage build" in text
    style = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert style.startswith("/static/web/maillage.")
    assert answer(f"{address}{style}", process)[0] == 200


def test_it_stops_when_told(server):
    address, process = server
    answer(address, process)
    process.terminate()
    assert process.wait(timeout=20) is not None
