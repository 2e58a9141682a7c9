"""The settings are safe before anyone touches them."""

import os
import subprocess
import sys

import pytest

ASK = "from maillage.config import settings as s; print(s.{name})"


def setting(name, tmp_path, **environment):
    """The value a fresh process sees, with no other MAILLAGE_ variable than those given."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAILLAGE_")}
    given = {f"MAILLAGE_{k}": v for k, v in {"VAR": str(tmp_path), **environment}.items()}
    command = [sys.executable, "-c", ASK.format(name=name)]
    return subprocess.run(
        command, env=kept | given, cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_debug_is_off_and_hosts_are_local(tmp_path):
    assert setting("DEBUG", tmp_path) == "False"
    assert setting("ALLOWED_HOSTS", tmp_path) == "['127.0.0.1', 'localhost', '[::1]']"
    assert setting("ALLOWED_HOSTS", tmp_path, HOSTS="maillage.example") == "['maillage.example']"


def test_editions_are_where_the_command_line_puts_them(tmp_path):
    assert setting("EDITIONS", tmp_path) == str(tmp_path / "var" / "editions")
    assert setting("EDITIONS", tmp_path, EDITIONS="ailleurs") == str(tmp_path / "ailleurs")


def test_https_is_asked_for(tmp_path):
    with pytest.raises(subprocess.CalledProcessError):
        setting("SECURE_HSTS_SECONDS", tmp_path)
    assert setting("SECURE_HSTS_SECONDS", tmp_path, HTTPS="1") == str(365 * 24 * 3600)


def test_django_finds_nothing_to_say(tmp_path):
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    given = {
        "MAILLAGE_VAR": str(tmp_path),
        "MAILLAGE_HTTPS": "1",
        "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
    }
    # A convenience of the tests, that Django rightly finds out of place in a deployment.
    kept = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    done = subprocess.run(command, env=kept | given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
