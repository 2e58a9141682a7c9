"""What the address of a comparison asks for: territories, those refused, family, year."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.common.errors import InputError
from maillage.observatory.compare import MOST

_LONGEST = 8000  # of an identifier: see TerritoryConverter
_REFUSED = 50  # at most, of territories one no longer wants proposed


@dataclass(frozen=True)
class AskedComparison:
    """``chosen``: the territories, the first being the one the others are compared with.

    ``proposed``: how many of those that resemble it the page adds; ``refused``: never those.
    """

    chosen: tuple[str, ...]
    refused: tuple[str, ...] = ()
    proposed: int = 0
    family: str = ""
    year: int | None = None

    def query(self) -> str:
        """As the address writes it, « ? » included."""
        parts = [("t", id) for id in self.chosen]
        parts += [("sans", id) for id in self.refused]
        if self.proposed != default_proposed(self.chosen):
            parts.append(("proposer", str(self.proposed)))
        if self.family:
            parts.append(("famille", self.family))
        if self.year is not None:
            parts.append(("annee", str(self.year)))
        return f"?{urlencode(parts)}"

    def keep(self, id: str) -> "AskedComparison":
        """A proposed one becomes one’s own choice."""
        return replace(self, chosen=(*self.chosen, id), proposed=max(self.proposed - 1, 0))

    def add(self, id: str) -> "AskedComparison":
        """A place is made for it among those proposed when there is none left."""
        chosen = (*self.chosen, id)
        refused = tuple(one for one in self.refused if one != id)
        room = MOST - len(chosen)
        return replace(
            self, chosen=chosen, refused=refused, proposed=max(min(self.proposed, room), 0)
        )

    def remove(self, id: str) -> "AskedComparison":
        return replace(self, chosen=tuple(one for one in self.chosen if one != id))

    def refuse(self, id: str) -> "AskedComparison":
        """The next most alike takes its place."""
        return replace(self, refused=(*self.refused, id))

    def only_chosen(self) -> "AskedComparison":
        return replace(self, proposed=0)

    def of_family(self, slug: str) -> "AskedComparison":
        return replace(self, family=slug, year=None)

    def of_year(self, year: int) -> "AskedComparison":
        return replace(self, year=year)


def default_proposed(chosen: tuple[str, ...]) -> int:
    """A territory alone is shown among those that resemble it most."""
    return MOST - 1 if len(chosen) == 1 else 0


def asked_comparison(query: QueryDict) -> AskedComparison:
    """InputError for more territories than a page holds, or a number that is none."""
    chosen = tuple(dict.fromkeys(id.strip() for id in query.getlist("t") if id.strip()))
    if len(chosen) > MOST:
        raise InputError(
            problem=f"une comparaison porte sur {MOST} territoires au plus.",
            remedy="retirez-en.",
            column="t",
            value=f"{len(chosen)} territoires",
        )
    proposed = _number(query, "proposer")
    room = MOST - len(chosen)
    return AskedComparison(
        chosen=tuple(id[:_LONGEST] for id in chosen),
        refused=tuple(dict.fromkeys(query.getlist("sans")))[:_REFUSED],
        proposed=min(default_proposed(chosen) if proposed is None else proposed, room),
        family=query.get("famille", "")[:40],
        year=_number(query, "annee"),
    )


def _number(query: QueryDict, name: str) -> int | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InputError(
            problem="un nombre entier est attendu.",
            remedy="écrivez-le en chiffres.",
            column=name,
            value=text[:40],
        )
    return int(text)
