"""Which files a card asks for, what the mirror records of them, and copies between mirrors."""

import json
from pathlib import Path

import httpx
import pytest

from maillage.catalog.cards import SecrecyRule, SourceCard, UniverseRule, Vintage, VintageFrom
from maillage.common.errors import InputError
from maillage.sources.download import Limits
from maillage.sources.fetch import copy_mirror, fetch, is_file_address, pages_by_hand, wanted
from maillage.sources.snapshot import altered_files, read_snapshot, sha256_of

DATE = "2026-01-15"
PAGE = "https://exemple.test/statistiques/1"


def card(**more: object) -> SourceCard:
    base: dict[str, object] = {
        "id": "essai",
        "title": "Essai",
        "kind": "flow",
        "layout": "base_flux",
        "producer": "Institut d’essai",
        "page": PAGE,
        "licence": "Licence Ouverte 2.0",
        "vintage": Vintage(where=VintageFrom.FIXED, year=2022),
        "universe": UniverseRule(rule="national"),
        "secrecy": SecrecyRule(status="public"),
        "verified": "format_only",
    }
    return SourceCard.model_validate(base | more)


def answering(content: dict[str, bytes]) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        body = content.get(request.url.path)
        return httpx.Response(404) if body is None else httpx.Response(200, content=body)

    return httpx.Client(transport=httpx.MockTransport(answer))


def test_an_address_is_a_file_or_a_page() -> None:
    assert is_file_address("https://exemple.test/fichier/1/base-2022_csv.zip")
    assert is_file_address("https://www.data.gouv.fr/fr/datasets/r/0651fb76-bcf3-4f6a")
    assert not is_file_address("https://exemple.test/fr/statistiques/8582949")


def test_editions_are_chosen_by_year_and_pages_are_left_to_the_person() -> None:
    direct = "https://exemple.test/base-2022.csv"
    given = card(editions={2022: direct, 2021: PAGE})
    assert [item.url for item in wanted(given)] == [direct]
    assert wanted(given, [2021]) == ()
    assert pages_by_hand(given, [2021]) == (PAGE,)
    assert pages_by_hand(given, [2022]) == ()


def test_a_name_in_an_address_never_leaves_the_mirror() -> None:
    given = card(url="https://exemple.test/a/..%2F..%5C..%2Fetc%2Fpasswd.csv")
    assert wanted(given)[0].file == "flows/passwd.csv"


def test_what_is_brought_is_recorded_and_not_brought_twice(tmp_path: Path) -> None:
    given = card(url="https://exemple.test/base.csv", editions={})
    client = answering({"/base.csv": b"a;b\n1;2\n"})
    first = fetch([given], tmp_path, date=DATE, client=client)
    (item,) = first.brought
    assert (item.file, item.url, item.date) == ("flows/base.csv", given.url, DATE)
    assert (item.size, item.licence) == (8, "Licence Ouverte 2.0")
    assert item.sha256 == sha256_of(tmp_path / "flows/base.csv")
    assert read_snapshot(tmp_path).files == first.brought
    second = fetch([given], tmp_path, date="2026-02-01", client=answering({}))
    assert (second.brought, second.kept, second.failures) == ((), ("flows/base.csv",), {})


def test_an_altered_file_is_seen_and_brought_again(tmp_path: Path) -> None:
    given = card(url="https://exemple.test/base.csv")
    fetch([given], tmp_path, date=DATE, client=answering({"/base.csv": b"good"}))
    (tmp_path / "flows/base.csv").write_bytes(b"bad!")
    assert altered_files(tmp_path) == ("flows/base.csv",)
    again = fetch([given], tmp_path, date=DATE, client=answering({"/base.csv": b"good"}))
    assert len(again.brought) == 1
    assert altered_files(tmp_path) == ()


def test_one_failure_leaves_the_others(tmp_path: Path) -> None:
    cards = [
        card(id="absent", url="https://exemple.test/absent.csv"),
        card(url="https://exemple.test/base.csv"),
    ]
    result = fetch(cards, tmp_path, date=DATE, client=answering({"/base.csv": b"x"}))
    assert [item.file for item in result.brought] == ["flows/base.csv"]
    assert "le serveur répond 404" in result.failures["flows/absent.csv"]


def mirror_with(folder: Path, *, sha256: str = "") -> Path:
    folder.mkdir()
    (folder / "flows").mkdir()
    (folder / "flows/base.csv").write_text("a;b\n")
    (folder / "notes.txt").write_text("note")
    (folder / ".cache").mkdir()
    (folder / ".cache/x.csv").write_text("x")
    record = {
        "file": "flows/base.csv",
        "card": "essai",
        "url": PAGE,
        "date": "2025-12-01",
        "sha256": sha256 or sha256_of(folder / "flows/base.csv"),
        "size": 4,
        "licence": "Licence Ouverte 2.0",
    }
    (folder / "snapshot.json").write_text(json.dumps({"files": [record]}))
    return folder


def test_a_mirror_is_copied_with_the_origin_of_its_files(tmp_path: Path) -> None:
    source = mirror_with(tmp_path / "key")
    target = tmp_path / "mirror"
    result = copy_mirror(source, target, date=DATE)
    assert {item.file for item in result.brought} == {"flows/base.csv", "notes.txt"}
    copied = read_snapshot(target)
    base = next(item for item in copied.files if item.file == "flows/base.csv")
    assert (base.url, base.date) == (PAGE, "2025-12-01")
    note = next(item for item in copied.files if item.file == "notes.txt")
    assert (note.url, note.date) == ("", DATE)
    assert copy_mirror(source, target, date=DATE).brought == ()


def test_a_copy_that_is_not_the_recorded_file_is_refused(tmp_path: Path) -> None:
    source = mirror_with(tmp_path / "key", sha256="0" * 64)
    result = copy_mirror(source, tmp_path / "mirror", date=DATE)
    assert "SHA-256" in result.failures["flows/base.csv"]
    assert not (tmp_path / "mirror/flows/base.csv").exists()
    assert (tmp_path / "mirror/notes.txt").exists()


def test_a_copy_respects_the_size_limit(tmp_path: Path) -> None:
    source = mirror_with(tmp_path / "key")
    limits = Limits(max_bytes=3)
    result = copy_mirror(source, tmp_path / "mirror", date=DATE, limits=limits)
    assert set(result.failures) == {"flows/base.csv", "notes.txt"}


def test_a_missing_folder_or_a_broken_record_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="n’existe pas"):
        copy_mirror(tmp_path / "nowhere", tmp_path / "mirror", date=DATE)
    (tmp_path / "snapshot.json").write_text("{half")
    with pytest.raises(InputError, match=r"snapshot\.json"):
        read_snapshot(tmp_path)
