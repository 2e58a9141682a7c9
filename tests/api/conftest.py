"""A client on the tiny country, and the same on the demo country."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command


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
def served(client, settings, static_root):
    """Serves a folder of editions as the site does: no debug, hashed static files."""

    def on(editions: Path):
        settings.STATIC_ROOT = static_root
        settings.EDITIONS = editions
        settings.DEBUG = False
        cache.clear()
        return client

    return on


@pytest.fixture
def site(served, tiny_editions):
    return served(tiny_editions)


@pytest.fixture
def demo(served, demo_editions):
    return served(demo_editions)
