"""``maillage serve``: the site answers, and what cannot be served is told plainly."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.slow
def test_the_site_answers_until_told_to_stop(demo_editions, tmp_path):
    port = free_port()
    program = Path(sys.executable).with_name("maillage")
    words = ["serve", "--editions", str(demo_editions), "--port", str(port)]
    with subprocess.Popen([program, *words], cwd=tmp_path, stdout=subprocess.PIPE) as site:
        page = wait_for(f"http://127.0.0.1:{port}/", site)
        site.terminate()
        told = site.stdout.read().decode()
    assert page.status_code == 200
    assert "Maillage" in page.text
    assert f"http://127.0.0.1:{port}" in told
    assert site.returncode == 0


def wait_for(address, site):
    for _ in range(150):
        assert site.poll() is None
        try:
            return httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.2)
    site.kill()
    raise AssertionError("the site never answered")


def test_without_edition_nothing_is_served(run, tmp_path):
    assert run("serve", "--editions", tmp_path).exit_code == 3


def test_a_taken_port_is_told(run, demo_editions):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = run("serve", "--editions", demo_editions, "--port", taken.getsockname()[1])
    assert told.exit_code == 1
    assert "--port" in told.output
    assert "Traceback" not in told.output
