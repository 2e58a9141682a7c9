"""What the operator says through ``MAILLAGE_*`` variables, and the secret kept between runs."""

import os
import secrets
from pathlib import Path

from maillage.common.errors import InputError

_TRUTH = {"1": True, "true": True, "oui": True, "0": False, "false": False, "non": False, "": False}


def text(name: str, default: str = "") -> str:
    return os.environ.get(f"MAILLAGE_{name}", default).strip()


def folder(name: str, default: str) -> Path:
    """Absolute, so that a later change of working directory changes nothing."""
    return Path(text(name) or default).resolve()


def words(name: str, default: str) -> list[str]:
    """A list separated by commas or spaces."""
    return (text(name) or default).replace(",", " ").split()


def flag(name: str, default: str = "") -> bool:
    """As ``default`` says, off unless it does.

    InputError on anything but 1, 0, true, false, oui, non.
    """
    value = text(name) or default
    if value.lower() not in _TRUTH:
        raise InputError(
            problem="cette variable d’environnement attend 1 ou 0.",
            remedy="donnez-lui 1 ou 0, ou retirez-la.",
            column=f"MAILLAGE_{name}",
            value=value,
        )
    return _TRUTH[value.lower()]


def count(name: str) -> int:
    """A number of things, 0 unless said. InputError on anything but digits."""
    value = text(name)
    if value and not (value.isascii() and value.isdigit()):
        raise InputError(
            problem="cette variable d’environnement attend un nombre.",
            remedy="écrivez-le en chiffres, ou retirez-la.",
            column=f"MAILLAGE_{name}",
            value=value,
        )
    return int(value or 0)


def secret_key(home: Path) -> str:
    """``MAILLAGE_SECRET_KEY``, else a random one kept in ``home``, readable by its owner only."""
    return text("SECRET_KEY") or _kept(home / "secret_key")


def _kept(path: Path) -> str:
    """Whoever creates the file first decides; the others read what it wrote."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(48))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
