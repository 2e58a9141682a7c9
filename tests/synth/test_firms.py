"""Sirene: keys that pass Luhn's test, one headquarters a firm, links that the stock explains."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.synth.country import Country
from maillage.synth.files.sirene import SUCCESSION, write_sirene
from maillage.synth.firms import Firms, luhn_key

from .conftest import read


@given(st.integers(1, 10**13))
def test_luhn(body: int) -> None:
    digits = [int(c) for c in reversed(str(body * 10 + int(luhn_key(np.array([body]))[0])))]
    doubled = [sum(divmod(2 * d, 10)) for d in digits[1::2]]
    assert (sum(digits[::2]) + sum(doubled)) % 10 == 0


@pytest.fixture(scope="module")
def stock(demo_mirror: Path) -> str:
    path = demo_mirror / "sirene" / "StockEtablissement_utf8.csv"
    return f"read_csv('{path}', all_varchar=true)"


def test_each_firm_has_one_open_headquarters(stock: str) -> None:
    odd = duckdb.sql(f"""
        SELECT count(*) FROM (
            SELECT siren, count(*) FILTER (etablissementSiege = 'true'
                                           AND etatAdministratifEtablissement = 'A') AS seats
            FROM {stock} GROUP BY 1 HAVING seats <> 1)
    """).fetchone()
    assert odd == (0,)


def test_siret_is_siren_then_nic_and_is_unique(stock: str) -> None:
    rows, different, broken = duckdb.sql(f"""
        SELECT count(*), count(DISTINCT siret), count(*) FILTER (siret <> siren || nic)
        FROM {stock}""").fetchall()[0]
    assert rows == different
    assert broken == 0
    assert rows == pytest.approx(120_000, rel=0.05)


def test_the_metropole_commands_more_than_it_is_commanded(stock: str, country: Country) -> None:
    metropole = country.groupings.nature.index("METRO")
    inside = [
        c for c, e in zip(country.code, country.groupings.epci, strict=True) if e == metropole
    ]
    sent, received = duckdb.execute(
        f"""WITH open AS (SELECT siren, etablissementSiege AS seat,
                   codeCommuneEtablissement IN (SELECT unnest($1)) AS inside
                   FROM {stock} WHERE etatAdministratifEtablissement = 'A')
            SELECT count(*) FILTER (h.inside AND NOT b.inside),
                   count(*) FILTER (b.inside AND NOT h.inside)
            FROM open h JOIN open b USING (siren)
            WHERE h.seat = 'true' AND b.seat = 'false'""",
        [inside],
    ).fetchall()[0]
    assert sent > 1.1 * received


def test_most_links_have_both_ends_in_the_stock(stock: str, demo_mirror: Path) -> None:
    path = demo_mirror / "sirene" / "StockEtablissementLiensSuccession_utf8.csv"
    links = read(path)
    assert list(links[0]) == SUCCESSION.split(",")
    known = {row[0] for row in duckdb.sql(f"SELECT siret FROM {stock}").fetchall()}
    lost = [row for row in links if row["siretEtablissementPredecesseur"] not in known]
    assert 0 < len(lost) < 0.01 * len(links)
    assert all(row["siretEtablissementSuccesseur"] in known for row in links)
    assert {row["transfertSiege"] for row in links} == {"true", "false"}


def test_csv_and_parquet_hold_the_same(country: Country, tmp_path: Path) -> None:
    firms = Firms(country, 5_000)
    write_sirene(firms, tmp_path / "csv", parquet=False)
    write_sirene(firms, tmp_path / "parquet", parquet=True)
    for name in ("StockEtablissement_utf8", "StockEtablissementLiensSuccession_utf8"):
        text = f"read_csv('{tmp_path}/csv/sirene/{name}.csv', all_varchar=true)"
        packed = f"'{tmp_path}/parquet/sirene/{name}.parquet'"
        assert duckdb.sql(f"FROM {text} EXCEPT ALL FROM {packed}").fetchall() == []
        assert duckdb.sql(f"FROM {packed} EXCEPT ALL FROM {text}").fetchall() == []
