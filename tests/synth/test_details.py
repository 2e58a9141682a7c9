"""Detail files: official columns, one line a person, and the sums of the aggregated file."""

from pathlib import Path

import duckdb
import pytest

from maillage.synth.census import Census
from maillage.synth.country import Country
from maillage.synth.files.details import write_detail
from maillage.synth.traits import detail_layout

FILES = {
    "commuting": ("FD_MOBPRO_2022", "domicile-lieu-travail", "DCLT", "ACTOCC15P"),
    "residential": ("FD_MIGCOM_2022", "residentielle", "DCRAN", "POP01P"),
    "school": ("FD_MOBSCO_2022", "domicile-lieu-etude", "DCETU", "SCOL02P"),
}
OTHER_END = {
    "commuting": "CASE WHEN DCLT = '99999' AND DCFLT <> 'ZZZZZ' THEN DCFLT ELSE DCLT END",
    "residential": "DCRAN",
    "school": "CASE WHEN DCETUF = '99999' AND DCETUE <> 'ZZZZZ' THEN DCETUE ELSE DCETUF END",
}


@pytest.mark.parametrize("family", FILES)
def test_detail_and_aggregated_files_tell_the_same_story(
    family: str, demo_mirror: Path, aggregated: Path
) -> None:
    detail, pairs, other, measure = FILES[family]
    people = f"{demo_mirror}/flows/{family}/{detail}.parquet"
    table = f"{aggregated}/flows/{family}/base-flux-mobilite-{pairs}-2022.csv"
    gaps = duckdb.sql(f"""
        WITH detail AS (
            SELECT COMMUNE AS origin, {OTHER_END[family]} AS destination, sum(IPONDI) AS weight
            FROM '{people}' GROUP BY ALL
        ), aggregated AS (
            SELECT CODGEO AS origin, {other} AS destination, NBFLUX_C22_{measure} AS weight
            FROM read_csv('{table}', types={{
                'CODGEO': 'VARCHAR', '{other}': 'VARCHAR', 'NBFLUX_C22_{measure}': 'DOUBLE'}})
        )
        SELECT count(*), max(abs(d.weight / a.weight - 1)), count(d.weight), count(a.weight)
        FROM detail d FULL JOIN aggregated a USING (origin, destination)
    """).fetchone()
    assert gaps is not None
    assert gaps[0] == gaps[2] == gaps[3] > 5_000
    assert gaps[1] < 1e-9


def test_the_commuting_file_has_its_31_columns(country: Country, tmp_path: Path) -> None:
    path = write_detail(Census(country, "commuting", 2016), tmp_path)
    header = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert header.split(";") == list(detail_layout("commuting").columns)
    assert len(header.split(";")) == 31


def test_modes_have_five_codes_then_six(country: Country, tmp_path: Path) -> None:
    old = write_detail(Census(country, "commuting", 2016), tmp_path)
    new = write_detail(Census(country, "commuting", 2022), tmp_path)
    assert codes(old, "TRANS") == ["1", "2", "3", "4", "5"]
    assert codes(new, "TRANS") == ["1", "2", "3", "4", "5", "6"]


def codes(path: Path, column: str) -> list[str]:
    source = f"read_csv('{path}', all_varchar=true)" if path.suffix == ".csv" else f"'{path}'"
    return [
        row[0]
        for row in duckdb.sql(f"SELECT DISTINCT {column} FROM {source} ORDER BY 1").fetchall()
    ]


def test_cadres_go_farther_and_into_the_metropole(country: Country, demo_mirror: Path) -> None:
    metropole = country.groupings.nature.index("METRO")
    inside = [
        c for c, e in zip(country.code, country.groupings.epci, strict=True) if e == metropole
    ]
    shares = dict(
        duckdb.execute(
            f"""SELECT CS1, sum(IPONDI) FILTER (DCLT IN (SELECT unnest($1))) / sum(IPONDI)
            FROM '{demo_mirror}/flows/commuting/FD_MOBPRO_2022.parquet'
            WHERE COMMUNE NOT IN (SELECT unnest($1)) GROUP BY 1""",
            [inside],
        ).fetchall()
    )
    assert shares["3"] > 1.3 * shares["6"]
    assert shares["1"] < 0.05


def test_the_young_move_and_students_climb_to_large_towns(demo_mirror: Path) -> None:
    source = f"'{demo_mirror}/flows/residential/FD_MIGCOM_2022.parquet'"
    rows = dict(
        duckdb.sql(f"""
        SELECT AGEREVQ, sum(IPONDI) FILTER (COMMUNE <> DCRAN) / sum(IPONDI) FROM {source} GROUP BY 1
    """).fetchall()
    )
    assert rows["020"] > 2.5 * rows["060"]
