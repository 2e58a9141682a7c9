"""Energy deliveries by EPCI in the layout of the network operators' agency (ORE)."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from maillage.synth.country import Country
from maillage.synth.employment import employment
from maillage.synth.files.tables import write_rows
from maillage.synth.graph import sum_by
from maillage.synth.resources import energy
from maillage.synth.scales import stream

HEADER = (
    "operateur;annee;filiere;code_categorie_consommation;libelle_categorie_consommation;"
    "code_grand_secteur;libelle_grand_secteur;code_naf;libelle_secteur_naf2;conso;pdl;indqual;"
    "nombre_mailles_secretisees;code_epci;libelle_epci"
)
CARRIERS = {"Electricité": ("CONSO_ELEC", 24), "Gaz": ("CONSO_GAZ", 30)}  # MWh an industrial job
SECTORS = {"A": "Agriculture", "I": "Industrie", "T": "Tertiaire", "R": "Résidentiel"}
OTHERS = {"A": 0.02, "T": 0.44, "R": 0.54}  # of what industry does not use


def write_energy(country: Country, year: int, out: Path) -> None:
    """Two years of deliveries; communes whose energy is unknown count as masked areas."""
    name = "conso-elec-gaz-annuelle-par-secteur-dactivite-agregee-epci.csv"
    rows = [row for past in (year - 1, year) for row in _rows(country, past)]
    write_rows(out / "stocks" / name, HEADER, rows, separator=";")


def _rows(country: Country, year: int) -> Iterator[tuple[object, ...]]:
    epci, total = country.groupings.epci, energy(country, year)
    inside = epci >= 0
    industry = employment(country, 2022)["EMPLOIS_BE"]
    points = stream(country.seed, "delivery points", year).uniform(0.45, 0.6, country.scale.epcis)
    people = sum_by(epci[inside], country.population[inside])
    for carrier, (column, per_job) in CARRIERS.items():
        known = np.nan_to_num(total[column])
        masked = sum_by(epci[inside], np.isnan(total[column][inside]).astype(np.float64))
        factory = np.minimum(known, per_job * industry)
        used = {"I": sum_by(epci[inside], factory[inside])}
        rest = sum_by(epci[inside], (known - factory)[inside])
        used |= {sector: share * rest for sector, share in OTHERS.items()}
        for unit, siren in enumerate(country.epci_siren):
            for sector, label in SECTORS.items():
                kind = ("RES", "Résidentiel") if sector == "R" else ("ENT", "Entreprises")
                place = (int(masked[unit]), siren, country.epci_name[unit])
                count = int(people[unit] * points[unit] * (1 if sector == "R" else 0.08))
                value = round(float(used[sector][unit]), 3)
                yield (
                    *("Réseaux fictifs", year, carrier, *kind, sector, label, "", 0),
                    *(value, count, 1.0, *place),
                )
