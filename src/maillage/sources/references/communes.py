"""The communes of the target year, their names, populations, départements and régions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maillage.common.errors import InputError
from maillage.sources.references.folder import POPULATION, Folder
from maillage.sources.references.tables import Table
from maillage.territory.codes import normalise_commune
from maillage.territory.movements import Movement, communes_at

#: What the files call a commune, a part of one (delegated, associated), an arrondissement.
COMMUNE = "COM"
PARTS = ("COMD", "COMA")
ARRONDISSEMENT = "ARM"


@dataclass(frozen=True, eq=False)
class Communes:
    """The communes of 1 January ``cog``: names by code, in code order, and how they were found.

    ``attributes`` gives, per role (departement, region, arrondissement), the code of each
    commune that the file itself lists.
    """

    cog: int
    names: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, str]]
    derivation: str


def read_movements(folder: Folder) -> tuple[Movement, ...]:
    """Movements of communes and of their parts, from the newest file; none without a file."""
    tables = folder.of("cog_movements")
    return tuple(_movements(tables[0])) if tables else ()


def _movements(table: Table) -> list[Movement]:
    before = (table[role] for role in ("kind_before", "before", "name_before"))
    after = (table[role] for role in ("kind_after", "after", "name_after"))
    rows = zip(table["date"], table["kind"], *before, *after, strict=True)
    return [
        Movement(
            date=date,
            kind=kind,
            before=code,
            name_before=name,
            before_part=type_before in PARTS,
            after=new_code,
            name_after=new_name,
            after_part=type_after in PARTS,
        )
        for date, kind, type_before, code, name, type_after, new_code, new_name in rows
        if ARRONDISSEMENT not in (type_before, type_after)
    ]


def read_communes(folder: Folder, cog: int, movements: Sequence[Movement]) -> Communes | None:
    """The communes of 1 January ``cog``; None when the mirror has no COG at all.

    From the list of that year, else from a later one by undoing the movements in between.
    InputError when neither is possible.
    """
    tables = folder.of("cog_communes")
    if not tables:
        return None
    table = min((t for t in tables if t.year >= cog), key=lambda t: t.year, default=None)
    if table is None or (table.year > cog and not movements):
        raise InputError(
            problem=f"la liste des communes de {cog} ne peut pas être établie.",
            remedy="ajoutez au miroir le code officiel géographique de cette année, ou d’une "
            "année postérieure avec le fichier des mouvements de communes.",
            file=tables[0].file,
        )
    listed = _listed(table)
    names = {table["code"][i]: table["name"][i] for i in listed}
    then = communes_at(names, table.year, cog, movements) if table.year > cog else names
    return Communes(
        cog=cog,
        names=dict(sorted(then.items())),
        attributes={role: _attribute(table, listed, role) for role in _ATTRIBUTES},
        derivation=_derivation(table, cog, names, then),
    )


_ATTRIBUTES = ("departement", "region", "arrondissement")


def _listed(table: Table) -> list[int]:
    return [i for i, kind in enumerate(table["kind"]) if kind == COMMUNE]


def _attribute(table: Table, listed: list[int], role: str) -> dict[str, str]:
    codes, values = table["code"], table[role]
    return {codes[i]: values[i] for i in listed if values[i]}


def _derivation(table: Table, cog: int, listed: Mapping[str, str], then: Mapping[str, str]) -> str:
    if table.year == cog:
        return f"Liste publiée au 1er janvier {cog} ({table.file})."
    renamed = sum(1 for code in then if code in listed and listed[code] != then[code])
    return (
        f"Liste au 1er janvier {cog} obtenue de celle de {table.year} ({table.file}) en remontant "
        f"les mouvements de communes (rétablies : {len(then.keys() - listed.keys())}, retirées : "
        f"{len(listed.keys() - then.keys())}, noms d’époque : {renamed})."
    )


def read_populations(folder: Folder) -> dict[int, dict[str, float]]:
    """Municipal population by COG year and commune, arrondissements summed into their commune."""
    years: dict[int, dict[str, float]] = {}
    for layout in (POPULATION, "assignment"):
        for table in folder.of(layout):
            if {"commune", "population"} <= table.columns.keys():
                found = _populations(table)
                year = table.year + (table.card.cog_lag or 0)
                years[year] = found | years.get(year, {})
    return years


def _populations(table: Table) -> dict[str, float]:
    total: dict[str, float] = {}
    for row, (code, text) in enumerate(zip(table["commune"], table["population"], strict=True)):
        if code and text:
            commune = normalise_commune(code).code
            total[commune] = total.get(commune, 0.0) + _count(table, row, text)
    return total


def _count(table: Table, row: int, text: str) -> float:
    digits = "".join(text.split()).replace(",", ".")
    try:
        return float(digits)
    except ValueError as error:
        raise table.fault(
            row, "population", "ce n’est pas un nombre.", "corrigez ou videz cette case."
        ) from error


def read_passage_table(folder: Folder, cog: int) -> dict[str, str]:
    """Commune of ``cog`` by older code, from the table of that year; empty when there is none."""
    for table in folder.of("cog_passage"):
        if table.year == cog:
            return dict(zip(table["before"], table["after"], strict=True))
    return {}
