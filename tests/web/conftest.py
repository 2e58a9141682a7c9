"""A Django client on the tiny country."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from tests.tiny import geography, write_edition

from maillage.territory.geography import Geography


@pytest.fixture(scope="session")
def static_root(tmp_path_factory) -> Path:
    """Static files, gathered as ``maillage serve`` does."""
    from django.conf import settings
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=settings.STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def site(client, settings, static_root, tiny_editions):
    """A client on the tiny country, as the site is served: no debug, hashed static files."""
    settings.STATIC_ROOT = static_root
    settings.EDITIONS = tiny_editions
    settings.DEBUG = False
    cache.clear()
    return client


@pytest.fixture
def write_real_edition():
    """Writes the same country, not fictional, in a folder that it returns."""

    def write(folder: Path) -> Path:
        write_edition(folder, fictional=False)
        return folder

    return write


@pytest.fixture
def country() -> Geography:
    return geography(fictional=True)
