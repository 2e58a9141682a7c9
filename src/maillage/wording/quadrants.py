"""The four quadrants of « with whom to cooperate », and why a neighbour is in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.common.french import listing, percent
from maillage.common.names import of_the
from maillage.engine.precision import FRAGILE
from maillage.observatory.answers.cooperation import Cooperation, CooperationPartner
from maillage.observatory.answers.pair import Common, PairTheme
from maillage.wording.exchanges import exchange_sentence

#: By code, in the order people read them; the names are those of the indicator's card.
MEANINGS = {
    3: "Lien fort et ressources complémentaires : la coopération existe dans les faits, "
    "elle a de quoi s’élargir.",
    1: "Ressources complémentaires, mais peu d’échanges : un partenaire à explorer.",
    2: "Lien fort, ressources semblables : le bassin se gère ensemble "
    "(transports, logement, équipements).",
    0: "Ni lien marqué ni complémentarité : rien ne presse, rien ne l’interdit.",
}
#: What a sentence calls a perimeter of each level that two territories share.
KINDS = {
    "crte": "un CRTE",
    "contrat_ruralite": "un contrat de ruralité",
    "petr": "un PETR",
    "polem": "un pôle métropolitain",
    "scot": "un SCoT",
    "ti": "un Territoire d’industrie",
    "pnr": "un parc naturel régional",
    "gal": "un groupe d’action locale",
    "aom": "une autorité de la mobilité",
    "ept": "un établissement public territorial",
    "epci": "une intercommunalité",
    "syndicat": "un syndicat",
    "bassin_vie": "un bassin de vie",
    "zone_emploi": "une zone d’emploi",
    "aav": "une aire d’attraction",
    "departement": "un département",
    "region": "une région",
}
#: Themes a sentence names.
_NAMED = 2


@dataclass(frozen=True)
class Quadrant:
    """One quadrant: its name, what it means, how many neighbours are in it."""

    code: int
    label: str
    meaning: str
    count: int


@dataclass(frozen=True)
class Candidate:
    """One neighbour as a row: ``number`` is that of its point on the chart, None without one."""

    number: int | None
    partner: CooperationPartner
    fragile: bool
    together: tuple[str, ...]  # kinds of the perimeters that hold both

    @property
    def code(self) -> str:
        """Of the quadrant, as a style names it."""
        return "" if self.partner.quadrant is None else str(self.partner.quadrant)


def quadrants(answer: Cooperation, labels: dict[int, str]) -> list[Quadrant]:
    codes = [partner.quadrant for partner in answer.partners]
    return [
        Quadrant(code, labels[code], meaning, codes.count(code))
        for code, meaning in MEANINGS.items()
    ]


def candidates(answer: Cooperation, common: Sequence[Common], *, census: bool) -> list[Candidate]:
    """Rows in the order of the answer; those whose place is known are numbered in that order.

    ``common``: what each partner shares with the territory. ``census``: small exchanges of a
    survey are fragile.
    """
    rows, count = [], 0
    for partner, shared in zip(answer.partners, common, strict=True):
        placed = partner.quadrant is not None
        count += placed
        rows.append(
            Candidate(
                number=count if placed else None,
                partner=partner,
                fragile=census and partner.outgoing + partner.incoming < FRAGILE,
                together=tuple(_bare(kind) for kind in _kinds(shared)),
            )
        )
    return rows


def why(
    flow: str, here: str, partner: CooperationPartner, themes: Sequence[PairTheme], common: Common
) -> list[str]:
    """Sentences on one candidate: what circulates, what each could bring, what they share."""
    sentences = [
        exchange_sentence(flow, here, partner.name, partner.outgoing, partner.incoming),
        _offers(themes),
        sharing(common),
    ]
    return [sentence for sentence in sentences if sentence]


def _offers(themes: Sequence[PairTheme]) -> str:
    """What the surplus of each would meet, told by the territory whose page it is."""
    taken, given = (_parts(themes, side) for side in ("from_other", "to_other"))
    told = [f"ses excédents répondraient à {_needs(taken, 'de nos besoins')}"] if taken else []
    if given:
        told.append(
            f"{'les nôtres' if taken else 'nos excédents répondraient'} à "
            f"{_needs(given, 'de ses besoins')}"
        )
    return f"En théorie, {' ; '.join(told)}." if told else ""


def _needs(parts: list[tuple[str, str]], whose: str) -> str:
    """« 64 % de nos besoins (places d’enseignement) et 28 % (emplois et actifs) »."""
    (share, title), *others = parts
    first = f"{share} {whose} ({title.lower()})"
    return listing([first, *(f"{s} ({t.lower()})" for s, t in others)])


def bringing(themes: Sequence[PairTheme], *, here: str, other: str) -> str:
    """What the surplus of each would meet of the other's needs; empty when nothing."""
    told = [
        f"les excédents {of_the(giver)} répondraient à "
        f"{_needs(parts, f'des besoins {of_the(taker)}')}"
        for giver, taker, side in ((other, here, "from_other"), (here, other, "to_other"))
        if (parts := _parts(themes, side))
    ]
    return f"En théorie, {' ; '.join(told)}." if told else ""


def sharing(common: Common) -> str:
    """The perimeters that hold both, and the programmes in which both have communes."""
    kinds = _kinds(common)
    told = [f"Ils partagent déjà {listing(kinds)}."] if kinds else []
    programmes = [p.label for p in common.programmes]
    if programmes:
        told.append(f"Tous deux ont des communes dans {listing(programmes)}.")
    return " ".join(told)


def _kinds(common: Common) -> list[str]:
    """Each kind once."""
    return [*dict.fromkeys(KINDS.get(p.level, p.label) for p in common.perimeters if p.whole)]


def _bare(kind: str) -> str:
    """Without its article."""
    return kind.removeprefix("un ").removeprefix("une ")


def _parts(themes: Sequence[PairTheme], side: str) -> list[tuple[str, str]]:
    """Share of the needs met and theme, the largest first; under one percent, nothing is said."""
    met = [(share, theme.title) for theme in themes if (share := getattr(theme, side) or 0) >= 0.01]
    return [(percent(share, 0), title) for share, title in sorted(met, reverse=True)[:_NAMED]]
