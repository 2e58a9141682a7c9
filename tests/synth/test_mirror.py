"""The files: official headers, no real name nor code, same seed same bytes."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from maillage.synth import MARKER, synthesize

from .conftest import read

SAME_LAYOUT = {
    "cog/v_commune_2025.csv": "cog/v_commune_2026.csv",
    "cog/v_mvtcommune_2025.csv": "cog/v_mvtcommune_2026.csv",
    "cog/v_departement_2025.csv": "cog/v_departement_2026.csv",
    "cog/v_region_2025.csv": "cog/v_region_2026.csv",
    "cog/table_passage_com_historique_2025.csv": "cog/table_passage_com_historique_2025.csv",
    "cog/donnees_communes_popleg.csv": "cog/donnees_communes_popleg.csv",
    "epci/perimetre-epci-a-fp_2025.csv": "epci/perimetre-epci-a-fp_2025.csv",
    "banatic/banatic_groupements_2025.csv": "banatic/banatic_groupements_2021.csv",
    "grids/anct_grille_densite.csv": "grids/anct_grille_densite.csv",
    "grids/anct_grille_ruralite.csv": "grids/anct_grille_ruralite.csv",
    "grids/anct_grille_centralite.csv": "grids/anct_grille_centralite.csv",
    "grids/anct_grille_montagne.csv": "grids/anct_grille_montagne.csv",
    "zonings/communes_zonages_2025.csv.gz": "zonings/communes_zonages_2025.csv.gz",
    "programmes/anct_ti_groupements.csv": "programmes/anct_ti_groupements.csv",
}


def first_line(path: Path) -> bytes:
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    return text.split(b"\n", 1)[0]


@pytest.mark.real
@pytest.mark.parametrize("file", SAME_LAYOUT)
def test_headers_are_the_official_ones(file: str, demo_mirror: Path, mirror: Path) -> None:
    assert first_line(demo_mirror / file) == first_line(mirror / SAME_LAYOUT[file])


@pytest.mark.real
def test_no_commune_of_the_demo_is_real(demo_mirror: Path, mirror: Path) -> None:
    real = read(mirror / "cog" / "v_commune_2026.csv")
    fictional = read(demo_mirror / "cog" / "v_commune_2025.csv")
    assert not {row["COM"] for row in real} & {row["COM"] for row in fictional}
    assert not {row["NCC"] for row in real} & {row["NCC"] for row in fictional}


def test_the_marker_says_fictional(demo_mirror: Path) -> None:
    marker = json.loads((demo_mirror / MARKER).read_text(encoding="utf-8"))
    assert marker == {"fictional": True, "scale": "demo", "seed": 1}


def test_same_seed_same_bytes(demo_mirror: Path, tmp_path: Path) -> None:
    synthesize(tmp_path, scale="demo", seed=1)
    assert dict(digests(tmp_path)) == dict(digests(demo_mirror))


def test_steps_are_told_in_french(tmp_path: Path) -> None:
    told: list[str] = []
    synthesize(tmp_path, scale="demo", seed=3, progress=told.append)
    assert "Composition des EPCI" in told
    assert len(told) == len(set(told))


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()
