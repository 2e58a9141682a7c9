"""Wages: the user's matrix, hourly wages by commune, and the detail file by département."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from maillage.synth.country import Country
from maillage.synth.files.tables import TableWriter, write_rows
from maillage.synth.scales import stream
from maillage.synth.wages import PaidWorkers, Wages, wage_cells
from maillage.territory.geography import FloatArray

MATRIX = "COMT;COMR;ANNEE;EFFECTIF;MONTANT;PART_PREMIER_SALARIE;SECRET"
SALAAN = (
    "A6;A17;A38;REGR;DEPR;REGT;DEPT;SEXE;PCS;CONT_TRAV;CONV_COLL;TYP_EMPLOI;DUREE;DATDEB;DATFIN;"
    "CPFD;DOMEMPL;DOMEMPL_EM;FILT;AGE;CS;NB_PER;NB_PER_N;NBHEUR;NBHEUR_TOT;TRALCHT;TREFF;TRNNETO;POND"
)
SAMPLING = 12
PAY_CLASSES = np.array(
    [
        200,
        500,
        1_000,
        1_500,
        2_000,
        3_000,
        4_000,
        6_000,
        8_000,
        10_000,
        12_000,
        14_000,
        16_000,
        18_000,
        20_000,
        22_000,
        24_000,
        26_000,
        28_000,
        30_000,
        35_000,
        40_000,
        50_000,
    ]
)
SECTIONS = {"AZ": "AZ", "BE": "BE", "FZ": "FZ", "GU": "GI", "OQ": "OQ"}  # NA5 to A6
PUBLISHED_ABOVE = 2_000  # inhabitants


def write_wage_matrix(wages: Wages, out: Path) -> None:
    """Pay by pair of communes; secret cells hold no amount, and say so."""
    cells = wage_cells(wages)
    path = out / "wages" / f"masse_salariale_communes_{wages.year}.csv"
    code = pa.array(wages.country.code)
    shown = pa.array(np.where(cells.secret, np.nan, np.round(cells.amount)), from_pandas=True)
    with TableWriter(path, MATRIX) as writer:
        writer.write(
            pa.table(
                {
                    "COMT": code.take(pa.array(cells.work)),
                    "COMR": code.take(pa.array(cells.home)),
                    "ANNEE": pa.array(np.full(len(cells.work), wages.year)),
                    "EFFECTIF": pa.array(cells.persons),
                    "MONTANT": shown,
                    "PART_PREMIER_SALARIE": pa.array(np.round(cells.top_share, 4)),
                    "SECRET": pa.array(cells.secret.astype(np.int8)),
                }
            )
        )


def write_hourly_wages(wages: Wages, out: Path) -> None:
    """Net hourly wages of the larger communes; as in the real file, leading zeros are lost."""
    year = wages.year % 100
    who = ("", "F", "H")
    groups = [f"SNHM{w}{g}{year}" for w in who for g in ("", "C", "P", "E", "O")]
    ages = [f"SNHM{w}{age}{year}" for w in who for age in ("18", "26", "50")]
    header = ";".join(["CODGEO", "LIBGEO", *groups, *ages])
    path = out / "stocks" / f"net_salary_per_town_categories_INSEE20{year}.csv"
    write_rows(path, header, _hourly_rows(wages), separator=";", newline="\r\n")


def _hourly_rows(wages: Wages) -> Iterator[tuple[object, ...]]:
    country, mean = wages.country, wages.hourly_mean
    for unit in np.flatnonzero(country.population > PUBLISHED_ABOVE):
        line = np.r_[mean[unit], wages.hourly[unit]]
        by_sex = [value for factor in (1.0, 0.89, 1.08) for value in line * factor]
        by_age = [mean[unit] * f * a for f in (1.0, 0.89, 1.08) for a in (0.72, 0.98, 1.15)]
        code = country.code[unit].lstrip("0")
        yield code, country.name[unit].label, *(f"{v:.1f}" for v in (*by_sex, *by_age))


def write_salaan(wages: Wages, out: Path) -> None:
    """A sample of one employee in twelve, known by départements only."""
    path = out / "wages" / f"FD_SALAAN_{wages.year}.csv"
    with TableWriter(path, SALAAN) as writer:
        for number, block in enumerate(wages.blocks()):
            writer.write(_sample(wages.country, wages.year, number, block))


def _sample(country: Country, year: int, number: int, block: PaidWorkers) -> pa.Table:
    rng = stream(country.seed, "salaan", year, number)
    kept = np.flatnonzero(rng.random(len(block.row)) < block.weight / SAMPLING)
    row = block.row[kept]
    departement = np.array(country.departement_code)[country.groupings.departement]
    region = np.array(country.region_code)[country.groupings.region]
    sector = np.array([SECTIONS[code] for code in block.traits["NA5"].codes])
    known = {
        "A6": sector[block.traits["NA5"].rank[row]],
        "REGR": region[block.home[kept]],
        "DEPR": departement[block.home[kept]],
        "REGT": region[block.work[kept]],
        "DEPT": departement[block.work[kept]],
        "SEXE": block.traits["SEXE"].of[row],
        "CS": np.char.add(block.traits["CS1"].of[row], "0"),
        "TRNNETO": _pay_class(block.pay[kept]),
        "POND": np.full(len(kept), str(SAMPLING)),
    }
    blank = np.full(len(kept), "")
    return pa.table({name: pa.array(known.get(name, blank)) for name in SALAAN.split(";")})


def _pay_class(pay: FloatArray) -> np.ndarray:
    classes = np.array([f"{rank:02d}" for rank in range(len(PAY_CLASSES) + 1)])
    return classes[np.searchsorted(PAY_CLASSES, pay, side="right")]
