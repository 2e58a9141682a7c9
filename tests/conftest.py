"""What every room's tests share: the real files, the fictional country, a browser, a Java.

Whatever is absent from the machine makes its tests skip with a sentence that says what to do.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

if TYPE_CHECKING:
    from maillage.engine.edition import Edition

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "demo"
KEPT = 6  # generations of the demo country left in the cache
#: What the bytes of the demo mirror depend on, and what those of its edition depend on too.
MAKES_MIRROR = ("common", "territory", "catalog", "synth")
MAKES_EDITION = (*MAKES_MIRROR, "engine", "sources")

#: Fixtures by which a test reaches the database.
DATABASE = {"db", "transactional_db", "world", "django_assert_num_queries"}

# Playwright keeps an event loop in the process of its tests; Django would refuse them the base.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# A busy machine is no fault of the code; a run that judges a change is the same each time.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that touch the database are told apart: they run again on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if DATABASE & fixtures or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _emptied_after(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits is followed by the emptying of every table: SQLite does it row by row,
    which the triggers of what is kept refuse."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (
        marker is not None and marker.kwargs.get("transaction")
    )
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from maillage.accounts.triggers import KEPT, unlock

    for kept in KEPT.values():
        unlock("default", kept)  # made again by what follows the emptying


@pytest.fixture(scope="session")
def mirror() -> Path:
    """Folder of real official files."""
    folder = Path(os.environ.get("MAILLAGE_MIRROR", ROOT / ".." / "shared" / "mirror")).resolve()
    if not folder.is_dir():
        pytest.skip("fichiers officiels absents : donnez leur dossier dans MAILLAGE_MIRROR")
    return folder


@pytest.fixture(scope="session")
def demo_mirror() -> Path:
    """The demo country in the official layouts, as ``maillage synth --scale demo`` writes it."""
    from maillage.synth import synthesize

    def make(folder: Path) -> None:
        synthesize(folder, scale="demo", seed=1)

    return _made_once(f"mirror-{_digest(MAKES_MIRROR)}", make)


@pytest.fixture(scope="session")
def demo_editions(demo_mirror: Path) -> Path:
    """A folder of editions whose current one is built from the demo country."""
    from maillage.sources.build import build

    def make(folder: Path) -> None:
        build(demo_mirror, folder)

    return _made_once(f"editions-{_digest(MAKES_EDITION)}", make)


@pytest.fixture(scope="session")
def demo_edition(demo_editions: Path) -> "Edition":
    """The edition of the demo country, open."""
    from maillage.engine.edition import current_edition

    return current_edition(demo_editions)


@pytest.fixture(scope="session")
def tiny_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of editions whose current one is a country of five communes."""
    from tests.tiny import write_edition

    folder = tmp_path_factory.mktemp("editions")
    write_edition(folder)
    return folder


@pytest.fixture(scope="session")
def granted_editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same country with the list of what the State granted in 2019, and nothing else."""
    from tests.observatory.test_grants import write_granted

    folder = tmp_path_factory.mktemp("granted")
    write_granted(folder)
    return folder


@pytest.fixture(scope="session")
def real_editions(mirror: Path) -> Path:
    """A folder of editions whose current one is built from the real official files."""
    from maillage.sources.build import build

    def make(folder: Path) -> None:
        build(mirror, folder)

    return _made_once(f"real-{_digest(MAKES_EDITION, mirror)}", make)


@pytest.fixture(scope="session")
def real_edition(real_editions: Path) -> "Edition":
    """The edition of the real official files, open."""
    from maillage.engine.edition import current_edition

    return current_edition(real_editions)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Path of a Chromium that Playwright can drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("navigateur absent : installez le paquet chromium (make system-packages)")
    return Path(found)


@pytest.fixture(scope="session")
def java() -> Path:
    """Path of the Java that runs Spark, with pyspark importable."""
    found = shutil.which("java")
    if not found:
        pytest.skip("Java absent : installez openjdk-17-jre-headless (make system-packages)")
    pytest.importorskip("pyspark", reason="Spark absent : pip install -r requirements/spark.txt")
    return Path(found)


def _digest(packages: tuple[str, ...], files: Path | None = None) -> str:
    """Of the code of these packages, and of the names, sizes and dates of a folder's files."""
    digest = hashlib.sha256()
    for path in sorted(files.rglob("*")) if files else ():
        stat = path.stat()
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}".encode())
    for package in packages:
        for path in sorted((ROOT / "src" / "maillage" / package).rglob("*")):
            if path.suffix in {".py", ".yaml", ".sql", ".json", ".csv"}:
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, made by the first process that asks; a half-made one is redone."""
    CACHE.mkdir(parents=True, exist_ok=True)
    folder, done = CACHE / name, CACHE / f"{name}.done"
    with FileLock(CACHE / "lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
            _forget_old(name.split("-")[0])
    return folder


def _forget_old(kind: str) -> None:
    generations = sorted(CACHE.glob(f"{kind}-*.done"), key=lambda path: path.stat().st_mtime)
    for done in generations[:-KEPT]:
        done.unlink()
        shutil.rmtree(done.with_suffix(""), ignore_errors=True)
