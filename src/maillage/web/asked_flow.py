"""What the address of a flow page asks for: everything one chose is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from maillage.common.errors import InputError
from maillage.wording.rows import BOTH, INCOMING, OUTGOING

WAYS = {BOTH: "Dans les deux sens", INCOMING: "Entrants", OUTGOING: "Sortants"}
_FIGURES = 12  # at most, in a threshold or a year


@dataclass(frozen=True)
class Asked:
    """None or empty: what the page proposes."""

    year: int | None = None
    mesh: str = ""
    way: str = BOTH
    threshold: int | None = None
    partner: str = ""

    def query(self) -> str:
        """As the address writes it, « ? » included; empty when nothing was chosen."""
        chosen = {
            "annee": self.year,
            "maille": self.mesh,
            "sens": "" if self.way == BOTH else self.way,
            "seuil": self.threshold,
            "partenaire": self.partner,
        }
        kept = {name: value for name, value in chosen.items() if value not in (None, "")}
        return f"?{urlencode(kept)}" if kept else ""

    def without_partner(self) -> "Asked":
        return replace(self, partner="")


def asked(query: Mapping[str, str]) -> Asked:
    """InputError for a year or threshold that is no number, or a direction that is none."""
    way = query.get("sens", "") or BOTH
    if way not in WAYS:
        raise InputError(
            problem="ce sens n’existe pas.",
            remedy=f"choisissez parmi {', '.join(WAYS)}.",
            column="sens",
            value=way[:40],
        )
    return Asked(
        year=_number(query, "annee"),
        mesh=query.get("maille", "")[:40],
        way=way,
        threshold=_number(query, "seuil"),
        partner=query.get("partenaire", "")[:40],
    )


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _FIGURES):
        raise InputError(
            problem="un nombre entier est attendu.",
            remedy="écrivez-le en chiffres, sans espace ni signe.",
            column=name,
            value=text[:40],
        )
    return int(text)
