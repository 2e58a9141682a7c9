"""Whom one may name maître d’ouvrage: organisations known, EPCI and communes of the perimeter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from maillage.accounts.models import Organisation
from maillage.accounts.naming import meant
from maillage.accounts.roles import NATURES
from maillage.contracts.footprints import NATURES as LEGAL
from maillage.contracts.models import Contract
from maillage.contracts.snapshot import perimeter_of
from maillage.observatory.search_text import plain

#: Answers to a search.
MOST = 12
#: Starts the id of a territory that is no organisation yet.
PLACE = "lieu:"


@dataclass(frozen=True)
class Candidate:
    """``id`` is that of an organisation, or « lieu:01001 » for a territory that is none yet."""

    id: str
    name: str
    nature: str
    territory: str = ""
    siren: str = ""

    @property
    def label(self) -> str:
        about = [NATURES[self.nature], *([self.territory] * (self.nature == "commune"))]
        return f"{self.name} ({', '.join(about)})"


def usual_owners(contract: Contract) -> QuerySet[Organisation]:
    """Parties of the contract, and whoever pilots one of its operations."""
    parties = Organisation.objects.filter(parties__contract=contract, parties__until=None)
    pilots = Organisation.objects.filter(piloted__operation__contract=contract)
    return (parties | pilots).distinct().order_by("filed")


def joinable(contract: Contract) -> QuerySet[Organisation]:
    """Who may well become a party: those that administer a place of the contract or pilot one of
    its operations, and are none yet. Not its funders: their lines may not be open to all."""
    places = contract.places.values("place")
    near = Q(territory__in=places) | Q(siren__in=places)
    near |= Q(piloted__operation__contract=contract)
    return (
        Organisation.objects.filter(near)
        .exclude(parties__in=contract.parties.filter(until=None))
        .distinct()
        .order_by("filed")
    )


def places_of(contract: Contract) -> dict[str, Candidate]:
    """EPCI then communes of the perimeter, by the id of their candidate, those that are an
    organisation left out; two questions."""
    perimeter = perimeter_of(contract)
    if perimeter is None:
        return {}
    epcis = (
        Candidate(f"{PLACE}{siren}", name, LEGAL.get(nature, "other"), siren, siren)
        for siren, name, nature in perimeter.epcis
    )
    communes = (
        Candidate(f"{PLACE}{code}", name, "commune", code) for code, name in perimeter.communes
    )
    rows = Organisation.objects.exclude(territory="").values_list("territory", "siren")
    here = {value for row in rows for value in row}
    return {one.id: one for one in (*epcis, *communes) if one.territory not in here}


def named(ids: Iterable[str], places: Mapping[str, Candidate]) -> list[Candidate]:
    """Those that exist, in order; one question."""
    asked = list(dict.fromkeys(ids))
    known = Organisation.objects.in_bulk([int(id) for id in asked if id.isdecimal()])
    found = (known.get(int(id)) if id.isdecimal() else places.get(id) for id in asked)
    return [_candidate(one) for one in found if one is not None]


def search_owners(text: str, places: Mapping[str, Candidate]) -> list[Candidate]:
    """Names that hold every word, or a whole SIREN: organisations first. One question."""
    words, number = plain(text).split(), text.replace(" ", "")
    if not words:
        return []
    known = [_candidate(one) for one in meant(text, MOST)[0]]
    found = (
        one
        for one in places.values()
        if number in {one.siren, one.territory} or all(word in plain(one.name) for word in words)
    )
    rows = [*known, *found]
    return sorted(rows, key=lambda one: (plain(one.name) != " ".join(words), one.name))[:MOST]


def _candidate(one: Organisation | Candidate) -> Candidate:
    if isinstance(one, Candidate):
        return one
    return Candidate(str(one.pk), one.name, one.nature, one.territory, one.siren)
