"""How letters leave: through a mail server, into a folder, or to the terminal.

``MAILLAGE_EMAIL_HOST``, ``_PORT``, ``_USER``, ``_PASSWORD``, ``_TLS`` (1 or 0, 1 unless said),
``_FROM``; or ``MAILLAGE_EMAIL_FOLDER``. Without either, they are printed where the site runs.
"""

from pathlib import Path
from typing import Any

from maillage.config import environment

_BACKEND = "django.core.mail.backends."


def mail(home: Path) -> dict[str, Any]:
    """Django’s settings."""
    sender = environment.text("EMAIL_FROM", "Maillage <maillage@localhost>")
    return {"DEFAULT_FROM_EMAIL": sender, **_way(home)}


def _way(home: Path) -> dict[str, Any]:
    if host := environment.text("EMAIL_HOST"):
        return {
            "EMAIL_BACKEND": f"{_BACKEND}smtp.EmailBackend",
            "EMAIL_HOST": host,
            "EMAIL_PORT": int(environment.text("EMAIL_PORT", "587")),
            "EMAIL_HOST_USER": environment.text("EMAIL_USER"),
            "EMAIL_HOST_PASSWORD": environment.text("EMAIL_PASSWORD"),
            "EMAIL_USE_TLS": environment.flag("EMAIL_TLS", default="1"),
            "EMAIL_TIMEOUT": 20,
        }
    if folder := environment.text("EMAIL_FOLDER"):
        path = str((home / folder).resolve())
        return {"EMAIL_BACKEND": f"{_BACKEND}filebased.EmailBackend", "EMAIL_FILE_PATH": path}
    return {"EMAIL_BACKEND": f"{_BACKEND}console.EmailBackend"}
