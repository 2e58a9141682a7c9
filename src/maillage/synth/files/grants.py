"""Grants of the State: a workbook of a year, a sheet that explains and the sheet of projects."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import xlsxwriter

from maillage.synth.country import Country
from maillage.synth.grants import Project, invent_grants

COLUMNS = (
    *("id_projet", "id_dep", "id_terr", "nom_terr", "pop{yy}", "dotation", "echelon"),
    *("categorie", "description", "cout_total", "montant_sub", "pct_sub", "lat", "long"),
)
ABOUT = (
    ("Données fictives sur les dotations d’investissement {year}",),
    ("Un projet inventé par ligne, dans la disposition du fichier de l’ANCT",),
    ("id_projet", "Identifiant du projet"),
    ("id_terr", "Identifiant {year} de la collectivité à laquelle est attribuée la subvention"),
)
WRITTEN = datetime(2025, 1, 1, tzinfo=UTC)  # a date of today would change the bytes


def write_grants(country: Country, year: int, out: Path) -> None:
    name = f"projets_dotations_investissement_{year}"
    path = out / "funding" / f"{name}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": WRITTEN.replace(tzinfo=None)})
        about, sheet = book.add_worksheet("infos"), book.add_worksheet(name.capitalize()[:31])
        for row, cells in enumerate(ABOUT):
            about.write_row(row, 0, [cell.format(year=year) for cell in cells])
        sheet.write_row(0, 0, [column.format(yy=year % 100) for column in COLUMNS])
        for row, project in enumerate(invent_grants(country, year), start=1):
            sheet.write_row(row, 0, _cells(country, project))


def _cells(country: Country, project: Project) -> list[str | float]:
    owner = project.owner
    lon, lat = country.lonlat[np.unique(country.commune[list(owner.communes)])].mean(axis=0)
    return [
        *(project.id, owner.departement, owner.code, owner.name, float(owner.population)),
        *(project.programme, owner.level, project.category, project.purpose),
        *(project.cost, project.subsidy),
        round(project.subsidy / project.cost, 4) if project.cost else 0.0,
        *(f"{lat:.6f}", f"{lon:.6f}"),
    ]
