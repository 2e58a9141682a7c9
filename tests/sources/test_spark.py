"""The demo country built by DuckDB and by a real Spark cluster: the same edition, bit for bit.

The cluster is Spark's own: a master and two workers, each a process listening on loopback.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from maillage.engine.edition import Edition, current_edition

pytestmark = pytest.mark.spark

PATIENCE = 90  # seconds for a process to answer
WORKERS = 2
BUILD = """
import sys
from pathlib import Path
from maillage.sources.build import build
build(Path(sys.argv[1]), Path(sys.argv[2]), engine="spark")
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(spark_home: Path) -> dict[str, str]:
    return os.environ | {
        "SPARK_HOME": str(spark_home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
    }


def start(stack: ExitStack, home: Path, log: Path, name: str, *arguments: str) -> None:
    """A Spark process that ends with the stack."""
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
    stream = stack.enter_context(log.open("w"))
    process = subprocess.Popen(command, env=environment(home), stdout=stream, stderr=stream)
    stack.callback(process.wait)
    stack.callback(process.terminate)


def workers_alive(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/", timeout=2) as answer:
            return int(json.load(answer)["aliveworkers"])
    except OSError:
        return 0


@pytest.fixture(scope="module")
def cluster(java: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a client of the cluster."""
    pyspark = pytest.importorskip("pyspark", reason="Spark absent : installez l’extra « spark »")
    home, folder = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("cluster")
    port, page = free_port(), free_port()
    host = ("--host", "127.0.0.1")
    with ExitStack() as stack:
        ports = ("--port", str(port), "--webui-port", str(page))
        start(stack, home, folder / "master.log", "master.Master", *host, *ports)
        for i in range(WORKERS):
            shape = ("-c", "1", "-m", "2g", "-d", str(folder / f"worker-{i}"), "--webui-port", "0")
            master = f"spark://127.0.0.1:{port}"
            start(stack, home, folder / f"worker-{i}.log", "worker.Worker", *host, *shape, master)
        deadline = time.monotonic() + PATIENCE
        while workers_alive(page) < WORKERS:
            logs = [path.read_text()[-500:] for path in folder.glob("*.log")]
            assert time.monotonic() < deadline, logs
            time.sleep(0.3)
        yield environment(home) | {"SPARK_MASTER_URL": f"spark://127.0.0.1:{port}"}


@pytest.fixture(scope="module")
def on_spark(
    cluster: dict[str, str], demo_mirror: Path, tmp_path_factory: pytest.TempPathFactory
) -> Edition:
    """The demo country, built on the cluster by a process of its own."""
    editions = tmp_path_factory.mktemp("editions")
    command = [sys.executable, "-c", BUILD, str(demo_mirror), str(editions)]
    done = subprocess.run(command, env=cluster, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return current_edition(editions)


def test_the_cells_are_identical(on_spark: Edition, demo_edition: Edition) -> None:
    names = sorted(
        path.relative_to(demo_edition.path)
        for path in demo_edition.path.rglob("*")
        if path.is_file()
    )
    assert any(name.name == "cells.parquet" for name in names)
    different = [
        name.as_posix()
        for name in names
        if (on_spark.path / name).read_bytes() != (demo_edition.path / name).read_bytes()
    ]
    assert different == []


def test_the_edition_is_the_same(on_spark: Edition, demo_edition: Edition) -> None:
    assert on_spark.id == demo_edition.id
