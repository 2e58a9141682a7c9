"""The organisations of the demonstration: those of the country, and invented ones around."""

from collections.abc import Mapping
from datetime import datetime

from maillage.accounts.actions.organisations import (
    add_organisation,
    organisation_of_territory,
)
from maillage.accounts.models import Organisation
from maillage.accounts.viewers import Viewer
from maillage.common.french import of
from maillage.contracts.footprints import NATURES
from maillage.demo.grounds import Ground
from maillage.territory.geography import Geography

Bodies = Mapping[str, Organisation]
#: Invented bodies that are of no place: id -> name and nature.
ELSEWHERE = {
    "anct": ("ANCT (démonstration)", "operator"),
    "agence_eau": ("Agence de l’eau (démonstration)", "operator"),
    "agency": ("Agence d’urbanisme du pays fictif", "planning_agency"),
    "s": ("Les Ateliers du bocage, association", "association"),
}


def bodies_of(geography: Geography, main: Ground, across: Ground, at: datetime) -> Bodies:
    """By the letter or the word that the tables of ``data`` use."""
    found = {
        id: add_organisation(name=name, nature=nature, by=None, at=at)
        for id, (name, nature) in ELSEWHERE.items()
    }
    found |= _state(main, at) | _communes(geography, main, at)
    inside, outside = epcis_of(geography, main)
    for letter, epci in zip("abc", inside * 3, strict=False):
        found[letter] = body_of(epci, None, at)
    found["m"] = body_of((outside or inside[-1:])[0], None, at)
    petr = next(place for place in main.area.places if place.level == "petr")
    found["petr"] = found["p"] = organisation_of_territory(
        siren=petr.id, name=petr.name, nature="petr", by=None, at=at
    )
    found["across"] = body_of(across.area.epcis[0], None, at)
    return found


def body_of(epci: tuple[str, str, str], by: Viewer | None, at: datetime) -> Organisation:
    siren, name, nature = epci
    kind = NATURES.get(nature, "other")
    return organisation_of_territory(siren=siren, name=name, nature=kind, by=by, at=at)


def epcis_of(
    geography: Geography, ground: Ground
) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Those that lie wholly in the perimeter, then those that reach beyond."""
    mesh, inside = geography.mesh("epci"), {code for code, _ in ground.area.communes}
    members = {
        siren: {geography.codes[node] for node in mesh.unit_members(mesh.codes.index(siren))}
        for siren, _, _ in ground.area.epcis
    }
    whole = [epci for epci in ground.area.epcis if members[epci[0]] <= inside]
    return whole, [epci for epci in ground.area.epcis if epci not in whole]


def _state(main: Ground, at: datetime) -> dict[str, Organisation]:
    departement, region = main.named("departement"), main.named("region")
    seat = main.named("arrondissement")
    named = {
        "prefecture": (f"Préfecture {of_named(departement)}", "state"),
        "sous_prefecture": (f"Sous-préfecture {of_named(seat)}", "state"),
        "service": (f"DDT {of_named(departement)}", "state"),
        "sgar": (f"SGAR {of_named(region)}", "state"),
        "departement": (f"Département {of_named(departement)}", "departement"),
        "region": (f"Région {region}", "region"),
    }
    return {
        id: add_organisation(name=name, nature=nature, by=None, at=at)
        for id, (name, nature) in named.items()
    }


def _communes(geography: Geography, main: Ground, at: datetime) -> dict[str, Organisation]:
    """The two most populous of its own EPCI."""
    whole, _ = epcis_of(geography, main)
    mesh = geography.mesh("epci")
    nodes = [n for e in whole for n in mesh.unit_members(mesh.codes.index(e[0]))]
    first = sorted(nodes, key=lambda node: (-geography.population[node], node))[:2]
    return {
        letter: add_organisation(
            name=f"Commune {of_named(geography.names[node])}",
            nature="commune",
            territory=geography.codes[node],
            by=None,
            at=at,
        )
        for letter, node in zip("vw", first, strict=True)
    }


def of_named(name: str) -> str:
    """« du Serquoy », « de l’Yvidalluze », « d’Orvillers »: invented names keep their article."""
    for article, contracted in (
        ("Le ", "du "),
        ("La ", "de la "),
        ("L'", "de l’"),
        ("L’", "de l’"),
    ):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return of(name)
