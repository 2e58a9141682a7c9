"""What the address of a flow page asks for: everything one chose is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from maillage.common.errors import InputError
from maillage.common.french import listing
from maillage.drawing.flow_map import FORMS
from maillage.observatory.flow import BOTH, INCOMING, OUTGOING, Asked

#: Directions and pictures, as addresses and pages say them.
WAYS = {"": "Dans les deux sens", "entrants": "Entrants", "sortants": "Sortants"}
VIEWS = {"carte": "Carte", "graphique": "Graphique", "tableau": "Tableau"}
FORM_NAMES = {
    "": "Traits",
    "oursins": "Oursins",
    "joignantes": "Flèches joignantes",
    "saphirs": "Saphirs",
}
_WAY = {"": BOTH, "entrants": INCOMING, "sortants": OUTGOING}
_FIGURES = {"annee": 4, "seuil": 12}  # at most
_LONGEST = 40


@dataclass(frozen=True)
class FlowQuery:
    """``way`` and ``form`` as the address writes them; ``view`` is for embedded pages."""

    asked: Asked = field(default_factory=Asked)
    way: str = ""
    form: str = ""
    view: str = "carte"

    def written(self, **changes: Any) -> str:
        """As the address writes it, « ? » included; empty when nothing was chosen.

        ``changes`` are parameters of the address, empty or None to take them away.
        """
        asked = self.asked
        chosen: dict[str, Any] = {
            "annee": asked.year,
            "maille": asked.mesh,
            "sens": self.way,
            "categorie": ":".join(asked.category or ()),
            "seuil": asked.threshold,
            "partenaire": asked.partner,
            "forme": self.form,
        } | changes
        kept = {name: value for name, value in chosen.items() if value not in (None, "")}
        return f"?{urlencode(kept)}" if kept else ""

    def of_year(self, year: int) -> "FlowQuery":
        """Where nobody chose a year, the one the page proposes."""
        return self if self.asked.year else replace(self, asked=replace(self.asked, year=year))


def flow_query(query: Mapping[str, str]) -> FlowQuery:
    """InputError for a number that is none, or a choice that is not offered."""
    way = _choice(query, "sens", WAYS)
    category = query.get("categorie", "").strip()
    dimension, _, code = category.partition(":")
    return FlowQuery(
        asked=Asked(
            year=_number(query, "annee"),
            mesh=query.get("maille", "").strip()[:_LONGEST] or None,
            way=_WAY[way],
            category=(dimension[:_LONGEST], code[:_LONGEST]) if category else None,
            threshold=_number(query, "seuil"),
            partner=query.get("partenaire", "").strip()[:_LONGEST],
        ),
        way=way,
        form=_choice(query, "forme", FORMS),
        view=_choice(query, "vue", VIEWS) or "carte",
    )


def _choice(query: Mapping[str, str], name: str, known: Mapping[str, object]) -> str:
    value = query.get(name, "").strip()
    if value and value not in known:
        raise InputError(
            problem="ce choix n’existe pas.",
            remedy=f"choisissez parmi {listing([k for k in known if k], 'ou')}.",
            column=name,
            value=value[:_LONGEST],
        )
    return value


def _number(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _FIGURES[name]):
        raise InputError(
            problem="un nombre entier est attendu.",
            remedy="écrivez-le en chiffres, sans espace ni signe.",
            column=name,
            value=text[:_LONGEST],
        )
    return int(text)
