"""How one names an organisation in a form: as it is written there, and whom a text may mean."""

import re

from django.db.models import BooleanField, ExpressionWrapper, Q

from maillage.accounts.models import Organisation
from maillage.common.french import filed
from maillage.observatory.search_text import plain

#: Organisations told when a text may mean several.
MOST = 8
_NUMBER = re.compile(r"\d{9}(?:\d{5})?")
_AFTER = re.compile(r"^(?P<name>.+) \((?:n° (?P<id>\d{1,18})|(?P<number>\d{9}(?:\d{5})?))\)$")


def written(one: Organisation, *, apart: bool = False) -> str:
    """« PETR du Pays (200012345) »; ``apart``: also for one without a number, by its rank here."""
    number = one.siret or one.siren or (f"n° {one.pk}" if apart else "")
    return f"{one.name} ({number})" if number else one.name


def meant(text: str, most: int = MOST) -> tuple[list[Organisation], bool]:
    """Organisations that a text may mean, and whether it names them whole: by number, or by the
    whole name, capitals and accents aside; else those whose name holds every word. One question.
    """
    text = " ".join(text.split())
    if not text:
        return [], False
    found = _AFTER.match(text)
    number = found["number"] if found else re.sub(r"\s", "", text)
    if found and found["id"]:
        return list(Organisation.objects.filter(pk=int(found["id"]))), True
    if number and _NUMBER.fullmatch(number):
        named = Q(siret=number) if len(number) == 14 else Q(siren=number)
        return list(Organisation.objects.filter(named).order_by("filed", "pk")[:most]), True
    whole = Q(filed=filed(text))
    exact = ExpressionWrapper(whole, output_field=BooleanField())
    rows = Organisation.objects.filter(whole | _holding(filed(text)) | _holding(plain(text)))
    rows = rows.annotate(exact=exact).order_by("-exact", "filed", "pk")[:most]
    exactly = [one for one in rows if one.exact]
    return exactly or list(rows), bool(exactly)


def _holding(text: str) -> Q:
    """Names that hold every word of it; none for no word."""
    words = text.split()
    found = Q() if words else Q(pk__in=())
    for word in words:
        found &= Q(filed__contains=word)
    return found
