"""What « Ce qui m’attend » is asked to show: everything is in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from maillage.common.errors import InputError
from maillage.contracts.models import Contract
from maillage.operations.dues.kinds import DELAYS, KINDS, told, within
from maillage.operations.models import KeptDue

#: Field -> its name in the address.
PARAMETERS: Mapping[str, str] = {
    "kind": "nature",
    "delay": "echeance",
    "contract": "contrat",
    "place": "territoire",
    "text": "q",
}


@dataclass(frozen=True)
class Choices:
    """Empty: not chosen. ``contract`` is a slug, ``place`` the id of a territory, ``text`` a part
    of the name of a contract. ``last``, which no address has: nothing after that day."""

    kind: str = ""
    delay: str = ""
    contract: str = ""
    place: str = ""
    text: str = ""
    last: date | None = None

    @property
    def narrow(self) -> bool:
        return any(getattr(self, name) for name in PARAMETERS)

    def query(self, **changes: str) -> str:
        """As the address writes it, once changed."""
        kept = {word: changes.get(name, getattr(self, name)) for name, word in PARAMETERS.items()}
        return urlencode({word: value for word, value in kept.items() if value})

    def contracts(self) -> Q | None:
        """None when every contract is kept."""
        chosen = Q()
        if self.contract:
            chosen &= Q(slug=self.contract)
        if self.place:
            chosen &= Q(pk__in=Contract.objects.filter(places__place=self.place).values("pk"))
        if self.text:
            chosen &= Q(name__icontains=self.text) | Q(code__icontains=self.text)
        return chosen or None

    def of(self, dues: QuerySet[KeptDue], today: date) -> QuerySet[KeptDue]:
        """Those kept among rows near enough to be told."""
        rows = dues.filter(told(today))
        chosen = self.contracts()
        if chosen is not None:
            rows = rows.filter(contract__in=Contract.objects.filter(chosen).values("pk"))
        if self.last:
            rows = rows.filter(Q(day=None) | Q(day__lte=self.last))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        return rows.filter(within(self.delay, today)) if self.delay else rows

    @property
    def asks_for_requests(self) -> bool:
        """Requests have no day."""
        return self.kind in ("", "request") and self.delay in ("", "sans-date")


def read_choices(query: Mapping[str, str]) -> Choices:
    """InputError for a kind or a delay that is none of ours."""
    given = {
        name: query.get(word, "").replace("\0", "").strip()[:100]
        for name, word in PARAMETERS.items()
    }
    for name, allowed in (("kind", KINDS), ("delay", DELAYS)):
        if given[name] and given[name] not in allowed:
            raise InputError(
                problem="ce filtre n’existe pas.",
                remedy="choisissez-en un dans la liste.",
                column=PARAMETERS[name],
                value=given[name],
            )
    return Choices(
        kind=given["kind"],
        delay=given["delay"],
        contract=given["contract"],
        place=given["place"],
        text=given["text"],
    )
