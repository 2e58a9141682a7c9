"""A table and a card of ten lines make an edition, in a country Maillage knows nothing of."""

from pathlib import Path

import numpy as np
import pytest

from maillage.common.errors import InputError
from maillage.engine.edition import Edition
from maillage.sources.build import build

CARD = """\
id: pendler
title: Pendler zwischen Gemeinden
kind: flow
layout: od_table
flow: commuting
producer: Exemple
names: ["pendler*.csv"]
columns: {origin: ^von$, destination: ^nach$, weight: ^personen$}
vintage: {where: fixed, year: 2020}
licence: CC BY 4.0
"""
TABLE = "von,nach,personen\nCH-0261,CH-0230,12.5\nCH-0230,CH-0261,3\nCH-0261,CH-0261,40\n"


def country(folder: Path, table: str = TABLE) -> Edition:
    (folder / "cards" / "sources").mkdir(parents=True)
    (folder / "cards" / "sources" / "pendler.yaml").write_text(CARD)
    (folder / "mirror").mkdir()
    (folder / "mirror" / "pendler-2020.csv").write_text(table)
    result = build(folder / "mirror", folder / "editions", cards=folder / "cards", cog=2020)
    return Edition.open(result.path)


def test_the_card_has_ten_lines() -> None:
    assert len(CARD.splitlines()) == 10


def test_its_places_are_those_the_flows_mention(tmp_path: Path) -> None:
    edition = country(tmp_path)
    assert edition.geography.codes == ("CH-0230", "CH-0261")
    rows = edition.matrix("commuting", 2020).by_origin
    assert np.array_equal(rows.weight, [3, 12.5, 40])
    (told,) = edition.report()["files"]
    assert told["account"]["placed"] == told["account"]["total"]


def test_a_mirror_without_any_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        country(tmp_path, "von,nach,personen\n")


ZONES = """\
id: zones
title: Local authorities
kind: reference
layout: zones
producer: Exemple
names: ["zones*.csv"]
columns: {code: ^code$, name: ^name$}
vintage: {where: filename}
"""


def test_a_place_out_of_the_zones_is_not_taken_for_a_bad_french_code(tmp_path: Path) -> None:
    for folder in ("cards/sources", "mirror"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "cards/sources/pendler.yaml").write_text(CARD)
    (tmp_path / "cards/sources/zones.yaml").write_text(ZONES)
    (tmp_path / "mirror/zones-2020.csv").write_text("code,name\nE06000001,Alpha\nE06000002,Beta\n")
    rows = "E06000001,E06000002,5\nE06000001,W06000009,2\n"
    (tmp_path / "mirror/pendler-2020.csv").write_text(f"von,nach,personen\n{rows}")
    result = build(tmp_path / "mirror", tmp_path / "editions", cards=tmp_path / "cards", cog=2020)
    (told,) = (f for f in Edition.open(result.path).report()["files"] if f["card"] == "pendler")
    assert told["account"]["unplaced"] == {"lieu inconnu du tableau de zones": "2.000000"}
