"""What a list of operations is asked to show: everything is in its address."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from maillage.common.errors import InputError
from maillage.common.french import filed
from maillage.operations.money import ZERO
from maillage.operations.numbering import rank_of
from maillage.operations.portfolio import GROUPS, Reviewed
from maillage.operations.vocabulary import words

#: Orders: id in the address -> French label.
SORTS: Mapping[str, str] = {
    "numero": "Numéro",
    "etape": "Prochaine étape",
    "cout": "Coût",
    "reste": "Reste à trouver",
    "alertes": "Alertes",
    "statut": "Statut",
}
STAGES: Mapping[str, str] = {"project": "Fiche projet", "action": "Fiche action"}
_ALERT: Mapping[str, str] = {"oui": "Avec alerte"}
#: Whether an operation is of the contract.
OUTSIDE: Mapping[str, str] = {"oui": "Hors contrat", "non": "Dans le contrat"}
#: Characters of a value in the address.
LONGEST = 100
#: Field -> its name in the address.
PARAMETERS: Mapping[str, str] = {
    "q": "q",
    "group": "groupe",
    "status": "statut",
    "phase": "phase",
    "stage": "fiche",
    "priority": "priorite",
    "owner": "maitre",
    "axe": "axe",
    "alert": "alerte",
    "outside": "hors-contrat",
    "programme": "programme",
    "sort": "tri",
}


@dataclass(frozen=True)
class Filters:
    """Empty: not filtered. The address names them in French (``PARAMETERS``)."""

    q: str = ""
    group: str = ""
    status: str = ""
    phase: str = ""
    stage: str = ""
    priority: str = ""
    owner: str = ""
    axe: str = ""
    alert: str = ""
    outside: str = ""
    programme: str = ""  # the start of its name
    sort: str = "numero"

    def query(self) -> str:
        """As the address writes it; empty when nothing is chosen."""
        kept = {
            PARAMETERS[item.name]: value
            for item in fields(self)
            if (value := getattr(self, item.name)) and (item.name, value) != ("sort", "numero")
        }
        return urlencode(kept)

    @property
    def active(self) -> int:
        """How many filters hold, the order left out."""
        return sum(bool(getattr(self, item.name)) for item in fields(self) if item.name != "sort")


def read_filters(query: Mapping[str, str]) -> Filters:
    """InputError for a value that none of the lists has."""
    lists: dict[str, Iterable[str]] = {
        "group": GROUPS,
        "status": words("status"),
        "phase": words("phase"),
        "stage": STAGES,
        "priority": words("priority"),
        "alert": _ALERT,
        "outside": OUTSIDE,
        "sort": SORTS,
    }
    given = {
        item.name: query.get(PARAMETERS[item.name], "").strip()[:LONGEST]
        for item in fields(Filters)
    }
    for name, allowed in lists.items():
        if given[name] and given[name] not in allowed:
            raise InputError(
                problem="ce filtre n’existe pas.",
                remedy="choisissez-en un dans la liste.",
                column=PARAMETERS[name],
                value=given[name],
            )
    given["sort"] = given["sort"] or "numero"
    return Filters(**given)


def kept(rows: Iterable[Reviewed], filters: Filters) -> tuple[Reviewed, ...]:
    """Those that the filters keep, in the order they ask for."""
    found = [row for row in rows if _keeps(row, filters)]
    return tuple(sorted(found, key=_ORDERS[filters.sort]))


def _keeps(row: Reviewed, filters: Filters) -> bool:
    operation = row.operation
    owners = {str(item.organisation_id) for item in operation.pilots.all()}
    number = operation.orientation.number if operation.orientation else ""
    tests = (
        (filters.group, row.group == filters.group),
        (filters.status, operation.status == filters.status),
        (filters.phase, operation.phase == filters.phase),
        (filters.stage, operation.stage == filters.stage),
        (filters.priority, operation.priority == filters.priority),
        (filters.owner, filters.owner in owners),
        (filters.axe, number == filters.axe or number.startswith(f"{filters.axe}.")),
        (filters.alert, bool(row.standing)),
        (filters.outside, operation.outside == (filters.outside == "oui")),
        (
            filters.programme,
            filters.programme in {name[:LONGEST].strip() for name in operation.programmes},
        ),
        (filters.q, plain(filters.q) in plain(_text(row))),
    )
    return all(holds for asked, holds in tests if asked)


def plain(text: str) -> str:
    """Without case nor accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _text(row: Reviewed) -> str:
    return " ".join((row.operation.number, row.operation.title, *row.owners))


def _number(row: Reviewed) -> tuple[Any, ...]:
    return rank_of(row.operation.number)


_FAR = "9999-12-31"
_RANK = {"blocked": 0, "late": 1, "paused": 2, "on_track": 3, "finished": 4, "dropped": 5}
_ORDERS: Mapping[str, Callable[[Reviewed], Any]] = {
    "numero": lambda row: (_number(row), filed(row.operation.title)),
    "etape": lambda row: (str(row.operation.next_step_on or _FAR), _number(row)),
    "cout": lambda row: (-(row.cost or ZERO), _number(row)),
    "reste": lambda row: (-(row.gap or ZERO), _number(row)),
    "alertes": lambda row: (-len(row.standing), _number(row)),
    "statut": lambda row: (_RANK[row.operation.status], _number(row)),
}
