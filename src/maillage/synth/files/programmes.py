"""National programmes: GeoJSON of the ANCT, and Territoires d'industrie by groupement."""

import json
from collections.abc import Iterator
from pathlib import Path

from maillage.synth.country import Country
from maillage.synth.files.geometry import CRS84
from maillage.synth.files.tables import write_rows
from maillage.synth.graph import Index
from maillage.synth.programmes import Programmes

INDUSTRY = "id_ti;lib_ti;siren_groupement;est_epci2025"


def write_programmes(country: Country, programmes: Programmes, out: Path) -> None:
    folder = out / "programmes"
    _write_points(country, folder, "acv", programmes.heart_of_town, {"date_signature": None})
    _write_points(country, folder, "pvd", programmes.small_towns, {"date_signature": "2021-05-28"})
    _write_points(country, folder, "va", programmes.villages, {})
    rows = _industry(country, programmes)
    write_rows(folder / "anct_ti_groupements.csv", INDUSTRY, rows, separator=";")


def _industry(country: Country, programmes: Programmes) -> Iterator[tuple[str, ...]]:
    for rank, units in enumerate(programmes.industry, start=1):
        region = country.region_of(int(country.epci_seat[units[0]]))
        for unit in units:
            name = f"Territoire d'industrie {country.epci_name[units[0]]}"
            yield f"ti-{region}{rank:02d}", name, country.epci_siren[unit], "True"


def _write_points(
    country: Country, folder: Path, programme: str, communes: Index, dates: dict[str, str | None]
) -> None:
    """One feature a line: a point, and its communes as « Name (code) »."""
    lines = []
    for rank, commune in enumerate(communes.tolist(), start=1):
        name = country.name[commune].label
        place = f"{country.region_of(commune)}-{country.departement_of(commune)}"
        properties = {
            "id_territoire": f"acv-{rank:03d}"
            if programme == "acv"
            else f"{programme}-{place}-{rank}",
            "lib_territoire": name,
            **dates,
            "liste_geo": f"{name} ({country.code[commune]})",
        }
        point = {"type": "Point", "coordinates": country.lonlat[commune].round(6).tolist()}
        feature = {"type": "Feature", "properties": properties, "geometry": point}
        lines.append(json.dumps(feature, ensure_ascii=False))
    head = {"type": "FeatureCollection", "name": f"{programme}_geom", "crs": CRS84}
    text = json.dumps(head)[:-1] + ', "features": [\n' + ",\n".join(lines) + "\n]}\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"anct_{programme}_2024.geojson").write_text(text, encoding="utf-8")
