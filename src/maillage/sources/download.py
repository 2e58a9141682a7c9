"""One file over HTTP: resumed where it stopped, bounded in size, checked, moved in one step."""

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx

from maillage.common.errors import InputError
from maillage.common.files import byte_size, disk_full, is_disk_full
from maillage.common.french import counted
from maillage.sources.snapshot import sha256_of

#: Told the file, the bytes so far and the bytes expected (None: the server does not say).
Progress = Callable[[str, int, int | None], None]

_TRANSIENT = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}


@dataclass(frozen=True)
class Limits:
    """How much a download may take, how often it is tried, how it waits between tries."""

    max_bytes: int = 8 << 30
    attempts: int = 5
    first_wait: float = 1.0  # seconds, doubled each time
    wait: Callable[[float], None] = time.sleep

    def check(self, file: str, size: int) -> None:
        """InputError above the limit."""
        if size > self.max_bytes:
            raise InputError(
                problem=f"le fichier dépasse la taille permise ({byte_size(self.max_bytes)}).",
                remedy="vérifiez l’adresse, ou relevez la limite si le fichier est bien celui-là.",
                file=file,
                value=byte_size(size),
            )


class _TransientError(Exception):
    """A fault that another try may cure."""


def download(
    url: str,
    target: Path,
    client: httpx.Client,
    limits: Limits,
    progress: Progress,
    sha256: str = "",
) -> None:
    """Writes the bytes at ``url`` to ``target``; nothing is there until all of them are.

    What was received stays beside it as ``.part`` for the next try, which asks only for the rest
    and only if the server says that the file has not changed since. InputError when it cannot be
    had: refusal of the server, size, checksum, disk full, or every try failed.
    """
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    _until_whole(url, part, client, limits, progress)
    if sha256 and sha256_of(part) != sha256:
        _forget(part)
        raise altered(target.name)
    part.replace(target)
    _forget(part)


def altered(file: str) -> InputError:
    """The bytes are not those the checksum promises."""
    return InputError(
        problem="l’empreinte SHA-256 ne correspond pas à celle attendue.",
        remedy="le fichier a changé ou a été abîmé en route ; relancez la collecte.",
        file=file,
    )


def _until_whole(
    url: str, part: Path, client: httpx.Client, limits: Limits, progress: Progress
) -> None:
    reason = ""
    for attempt in range(limits.attempts):
        if attempt:
            limits.wait(limits.first_wait * 2 ** (attempt - 1))
        try:
            return _receive(url, part, client, limits, progress)
        except (_TransientError, httpx.TransportError) as error:
            reason = str(error) or type(error).__name__
        except OSError as error:
            if is_disk_full(error):
                raise disk_full(part.parent, part.stat().st_size) from error
            raise
    raise InputError(
        problem="le fichier n’a pas pu être reçu "
        f"en {counted(limits.attempts, 'essai')} ({reason}).",
        remedy="vérifiez la connexion, ou copiez les fichiers avec --mirror ; "
        "la prochaine collecte reprendra où celle-ci s’est arrêtée.",
        file=part.name.removesuffix(".part"),
        value=url,
    )


def _receive(
    url: str, part: Path, client: httpx.Client, limits: Limits, progress: Progress
) -> None:
    name = part.name.removesuffix(".part")
    with client.stream("GET", url, headers=_resume_headers(part)) as response:
        start = _start(response, part)
        _refuse_other_than_file(response, url, name)
        expected = _expected_size(response, start)
        limits.check(name, expected or 0)
        _tag_path(part).write_text(_validator(response.headers), encoding="utf-8")
        done = start
        with part.open("ab" if start else "wb") as stream:
            for block in response.iter_bytes():
                done += len(block)
                limits.check(name, done)
                stream.write(block)
                progress(name, done, expected)
    if expected is not None and done != expected:
        raise _TransientError(f"{done} octets reçus sur {expected}")


def _resume_headers(part: Path) -> dict[str, str]:
    """Ask for the rest only when the server can say whether the file is still the same."""
    headers = {"Accept-Encoding": "identity"}
    tag = _tag_path(part)
    if part.exists() and part.stat().st_size and tag.exists() and (known := tag.read_text("utf-8")):
        headers |= {"Range": f"bytes={part.stat().st_size}-", "If-Range": known}
    return headers


def _start(response: httpx.Response, part: Path) -> int:
    """First byte the answer brings. A server that cannot resume sends the whole file again."""
    if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        _forget(part)
        raise _TransientError("reprise refusée")
    if response.status_code in _TRANSIENT:
        raise _TransientError(f"réponse {response.status_code}")
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    if not found or int(found[1]) != part.stat().st_size:
        _forget(part)
        raise _TransientError("reprise au mauvais endroit")
    return int(found[1])


def _refuse_other_than_file(response: httpx.Response, url: str, name: str) -> None:
    kind = response.headers.get("Content-Type", "")
    if response.status_code not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        raise InputError(
            problem=f"le serveur répond {response.status_code}.",
            remedy="l’adresse a sans doute changé ; ouvrez la page de la source "
            "et déposez le fichier dans le dossier miroir.",
            file=name,
            value=url,
        )
    if kind.startswith("text/html"):
        raise InputError(
            problem="le serveur envoie une page web au lieu du fichier.",
            remedy="vérifiez l’adresse, et qu’aucun portail de connexion ne s’interpose.",
            file=name,
            value=url,
        )


def _expected_size(response: httpx.Response, start: int) -> int | None:
    if "Content-Encoding" in response.headers or "Content-Length" not in response.headers:
        return None
    return start + int(response.headers["Content-Length"])


def _validator(headers: Mapping[str, str]) -> str:
    """What tells one version of a file from another; a weak ETag cannot serve a range."""
    etag = headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else headers.get("Last-Modified", "")


def _tag_path(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag_path(part).unlink(missing_ok=True)
