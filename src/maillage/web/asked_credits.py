"""What the address of a split of credits asks for: list, scope, mesh, weights, how it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from maillage.common.errors import InputError
from maillage.engine.edition import Edition
from maillage.steering.credits.criteria import Criterion, criteria

HEAVIEST = 1000
#: How the table is ordered, and what the map shows, by the word in the address.
ORDERS = {
    "habitant": "€ par habitant",
    "recu": "Montant reçu",
    "ecart": "Écart",
    "nom": "Nom",
}
SHOWN = {"recu": "Reçu par habitant", "ecart": "Écart par habitant"}


@dataclass(frozen=True)
class AskedCredits:
    """``weights`` by id of criterion, empty for those proposed; ``focus``: a territory to mark."""

    scope: str = ""
    level: str = ""
    year: int | None = None
    programmes: tuple[str, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    shown: str = "recu"
    order: str = "habitant"
    focus: str = ""

    def query(self, words: Mapping[str, str]) -> str:
        """As the address writes it, « ? » included. ``words``: of each criterion, by id."""
        told = (
            ("perimetre", self.scope),
            ("maille", self.level),
            ("annee", str(self.year or "")),
            *(("dotation", one) for one in self.programmes),
            *((words[id], f"{weight:g}") for id, weight in self.weights),
            ("carte", "" if self.shown == "recu" else self.shown),
            ("tri", "" if self.order == "habitant" else self.order),
            ("territoire", self.focus),
        )
        return f"?{urlencode([(name, value) for name, value in told if value])}"

    def with_level(self, level: str) -> "AskedCredits":
        return replace(self, level=level)

    def with_shown(self, shown: str) -> "AskedCredits":
        return replace(self, shown=shown)

    def with_order(self, order: str) -> "AskedCredits":
        return replace(self, order=order)

    def with_year(self, year: int) -> "AskedCredits":
        return replace(self, year=year)

    def with_weights(self, weights: tuple[tuple[str, float], ...]) -> "AskedCredits":
        return replace(self, weights=weights)


def asked_credits(query: QueryDict, edition: Edition) -> AskedCredits:
    """InputError for a word that is none of those, or a number that is none."""
    return AskedCredits(
        scope=query.get("perimetre", "").strip()[:80],
        level=query.get("maille", "").strip()[:40],
        year=_year(query.get("annee", "").strip()),
        programmes=tuple(dict.fromkeys(p[:20] for p in query.getlist("dotation") if p)),
        weights=_weights(query, criteria(edition)),
        shown=_word(query, "carte", SHOWN),
        order=_word(query, "tri", ORDERS),
        focus=query.get("territoire", "").strip()[:80],
    )


def _word(query: QueryDict, name: str, known: Mapping[str, str]) -> str:
    text = query.get(name) or next(iter(known))
    if text not in known:
        raise InputError(
            problem="ce choix n’existe pas.",
            remedy=f"choisissez parmi : {', '.join(known)}.",
            column=name,
            value=text[:40],
        )
    return text


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InputError(
            problem="une année est attendue.",
            remedy="écrivez-la en quatre chiffres.",
            column="annee",
            value=text[:40],
        )
    return int(text)


def _weights(query: QueryDict, known: tuple[Criterion, ...]) -> tuple[tuple[str, float], ...]:
    """Empty for none told, or for those proposed."""
    if not any(one.word in query for one in known):
        return ()
    told = tuple((one.id, _weight(one.word, query.get(one.word, "").strip())) for one in known)
    return () if told == tuple((one.id, float(one.weight)) for one in known) else told


def _weight(word: str, text: str) -> float:
    """An empty field is a criterion that does not count."""
    plain = text.replace(",", ".") or "0"
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit() or len(plain) > 8:
        raise _refused(word, text)
    weight = float(plain)
    if weight > HEAVIEST:
        raise _refused(word, text)
    return weight


def _refused(word: str, text: str) -> InputError:
    return InputError(
        problem="un poids est un nombre positif.",
        remedy=f"écrivez un nombre de 0 à {HEAVIEST}, par exemple 25.",
        column=word,
        value=text[:40],
    )
