"""Those who ask: one at a time to time an answer, several at once to count answers a second."""

import gzip
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection

from bench.web.servers import HOST, Served

CONNECTIONS = 4


@dataclass(frozen=True)
class Answer:
    """``seconds`` from the request to the last byte; ``body`` as it was before compression."""

    seconds: float
    status: int
    etag: str
    sent: int
    body: bytes


def ask(server: Served, addresses: Sequence[str]) -> list[Answer]:
    """Each in turn, on one connection, as a browser would accept it. RuntimeError unless 200."""
    connection = HTTPConnection(HOST, server.port, timeout=60)
    return [_answer(connection, address) for address in addresses]


def _answer(connection: HTTPConnection, address: str) -> Answer:
    start = time.perf_counter()
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    sent = response.read()
    seconds = time.perf_counter() - start
    if response.status != 200:
        raise RuntimeError(f"{response.status} {address[:200]}")
    body = gzip.decompress(sent) if response.headers["Content-Encoding"] == "gzip" else sent
    return Answer(seconds, response.status, response.headers["ETag"] or "", len(sent), body)


def rate(server: Served, address: str, etag: str, seconds: float) -> float:
    """Answers « not modified » a second, on ``CONNECTIONS`` connections kept open."""
    lines = (f"GET {address} HTTP/1.1", f"Host: {HOST}:{server.port}", f"If-None-Match: {etag}")
    request = "\r\n".join((*lines, "Accept-Encoding: gzip", "", "")).encode()
    counts = [0] * CONNECTIONS
    until = time.perf_counter() + seconds

    def visit(number: int) -> None:
        with socket.create_connection((HOST, server.port), timeout=30) as stream:
            while time.perf_counter() < until:
                stream.sendall(request)
                _read_unmodified(stream)
                counts[number] += 1

    visitors = [threading.Thread(target=visit, args=(n,)) for n in range(CONNECTIONS)]
    start = time.perf_counter()
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    if not all(counts):
        raise RuntimeError("a visitor got no answer; its error is above")
    return sum(counts) / (time.perf_counter() - start)


def _read_unmodified(stream: socket.socket) -> None:
    """An answer without a body ends with its headers."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        received = stream.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        head += received
    if not head.startswith(b"HTTP/1.1 304"):
        raise RuntimeError(head.split(b"\r\n")[0].decode())
