"""Downloads over a real loopback server that cuts, lies and changes its mind."""

import errno
import hashlib
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from maillage.common.errors import InputError
from maillage.sources.download import Limits, download

BODY = bytes(range(256)) * 4000  # 1,024,000 bytes


@dataclass
class Site:
    """How the server behaves; a test changes it between two requests."""

    body: bytes = BODY
    etag: str = '"v1"'
    cut_after: int | None = None  # bytes sent before the connection drops, first request only
    statuses: list[int] = field(default_factory=list)  # answered before anything else
    kind: str = "application/zip"
    ranges: bool = True
    seen: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    state = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.seen.append(dict(self.headers))
            if state.statuses:
                self.send_response(state.statuses.pop(0))
                self.end_headers()
                return
            start = self._start()
            self.send_response(206 if start else 200)
            self.send_header("Content-Type", state.kind)
            self.send_header("Content-Length", str(len(state.body) - start))
            if state.etag:
                self.send_header("ETag", state.etag)
            if start:
                size = len(state.body)
                self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
            self.end_headers()
            payload = state.body[start:]
            if state.cut_after is not None:
                payload, state.cut_after = payload[: state.cut_after], None
            self.wfile.write(payload)

        def _start(self) -> int:
            asked = self.headers.get("Range")
            same = self.headers.get("If-Range") == state.etag
            return int(asked[len("bytes=") : -1]) if asked and same and state.ranges else 0

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/base.zip"
    yield state
    server.shutdown()
    server.server_close()


def bring(site: Site, target: Path, *, attempts: int = 3, max_bytes: int = 1 << 30) -> list[int]:
    steps: list[int] = []
    limits = Limits(max_bytes=max_bytes, attempts=attempts, wait=lambda seconds: None)
    with httpx.Client() as client:
        download(site.url, target, client, limits, lambda name, done, total: steps.append(done))
    return steps


def test_brings_every_byte_and_tells_its_progress(site: Site, tmp_path: Path) -> None:
    steps = bring(site, tmp_path / "flows" / "base.zip")
    assert (tmp_path / "flows" / "base.zip").read_bytes() == BODY
    assert steps == sorted(steps)
    assert steps[-1] == len(BODY)
    assert [path.name for path in (tmp_path / "flows").iterdir()] == ["base.zip"]


def test_a_cut_connection_is_resumed_where_it_stopped(site: Site, tmp_path: Path) -> None:
    site.cut_after = 600_000
    bring(site, tmp_path / "base.zip")
    assert (tmp_path / "base.zip").read_bytes() == BODY
    assert site.seen[1]["Range"] == "bytes=600000-"
    assert site.seen[1]["If-Range"] == '"v1"'


def test_another_run_resumes_what_a_first_one_left(site: Site, tmp_path: Path) -> None:
    site.cut_after = 500_000
    with pytest.raises(InputError, match=r"reçu en 1.essai "):
        bring(site, tmp_path / "base.zip", attempts=1)
    assert not (tmp_path / "base.zip").exists()
    bring(site, tmp_path / "base.zip")
    assert (tmp_path / "base.zip").read_bytes() == BODY
    assert site.seen[1]["Range"] == "bytes=500000-"


def test_a_file_that_changed_meanwhile_is_taken_whole_again(site: Site, tmp_path: Path) -> None:
    site.cut_after = 500_000
    with pytest.raises(InputError):
        bring(site, tmp_path / "base.zip", attempts=1)
    site.body, site.etag = b"new" * 300_000, '"v2"'
    bring(site, tmp_path / "base.zip")
    assert (tmp_path / "base.zip").read_bytes() == site.body


def test_without_a_validator_nothing_is_resumed(site: Site, tmp_path: Path) -> None:
    site.cut_after, site.etag = 500_000, ""
    bring(site, tmp_path / "base.zip")
    assert "Range" not in site.seen[1]
    assert (tmp_path / "base.zip").read_bytes() == BODY


def test_a_server_without_ranges_sends_all_again(site: Site, tmp_path: Path) -> None:
    site.cut_after, site.ranges = 500_000, False
    bring(site, tmp_path / "base.zip")
    assert (tmp_path / "base.zip").read_bytes() == BODY


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_fault_is_tried_again(site: Site, tmp_path: Path, status: int) -> None:
    site.statuses = [status, status]
    bring(site, tmp_path / "base.zip")
    assert (tmp_path / "base.zip").read_bytes() == BODY


def test_a_refusal_is_said_at_once(site: Site, tmp_path: Path) -> None:
    site.statuses = [404]
    with pytest.raises(InputError, match="le serveur répond 404"):
        bring(site, tmp_path / "base.zip")
    assert len(site.seen) == 1


def test_a_login_page_is_no_file(site: Site, tmp_path: Path) -> None:
    site.kind = "text/html; charset=utf-8"
    with pytest.raises(InputError, match="page web au lieu du fichier"):
        bring(site, tmp_path / "base.zip")
    assert not (tmp_path / "base.zip").exists()


def test_too_large_a_file_is_refused_before_it_is_written(site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="dépasse la taille permise"):
        bring(site, tmp_path / "base.zip", max_bytes=1000)
    assert not list(tmp_path.iterdir())


def test_a_wrong_checksum_leaves_nothing(site: Site, tmp_path: Path) -> None:
    limits = Limits(wait=lambda seconds: None)
    quiet = lambda name, done, total: None  # noqa: E731
    with httpx.Client() as client, pytest.raises(InputError, match="SHA-256"):
        download(site.url, tmp_path / "base.zip", client, limits, quiet, "0" * 64)
    assert not list(tmp_path.iterdir())
    with httpx.Client() as client:
        right = hashlib.sha256(BODY).hexdigest()
        download(site.url, tmp_path / "base.zip", client, limits, quiet, right)


def test_a_full_disk_is_told_and_what_came_is_kept(site: Site, tmp_path: Path) -> None:
    def full(name: str, done: int, total: int | None) -> None:
        if done > 400_000:
            raise OSError(errno.ENOSPC, "No space left on device")

    with httpx.Client() as client, pytest.raises(InputError, match="espace disque manque"):
        download(site.url, tmp_path / "base.zip", client, Limits(), full)
    assert not (tmp_path / "base.zip").exists()
    assert (tmp_path / "base.zip.part").stat().st_size > 400_000
