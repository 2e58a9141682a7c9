"""What the form of « exporter en nombre » asks for."""

from dataclasses import dataclass

from django.http import QueryDict

from maillage.common.errors import InputError
from maillage.common.french import listing
from maillage.documents.batch import BATCH_FORMATS
from maillage.documents.formats import Format
from maillage.observatory.whole_mesh import Sought

USUAL_MESH = "epci"
_LONGEST = 60


@dataclass(frozen=True)
class AskedBatch:
    """A file to write."""

    sought: Sought
    format: Format


def asked_batch(query: QueryDict) -> AskedBatch:
    """InputError without a family, and for a year or format that is none."""
    flows = _words(query, "flux")
    if not flows:
        raise InputError(
            problem="aucune famille de flux n’est choisie.",
            remedy="cochez-en au moins une.",
            column="flux",
        )
    return AskedBatch(
        Sought(
            level=query.get("maille", "")[:_LONGEST] or USUAL_MESH,
            flows=flows,
            years=tuple(map(_year, _words(query, "annee"))),
            indicators=_words(query, "indicateur"),
        ),
        _format(query.get("format", "csv")),
    )


def _words(query: QueryDict, name: str) -> tuple[str, ...]:
    """Without repeats: no figure is asked twice."""
    told = (word.strip()[:_LONGEST] for word in query.getlist(name))
    return tuple(dict.fromkeys(word for word in told if word))


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InputError(
            problem="une année est attendue.",
            remedy="écrivez-la en quatre chiffres.",
            column="annee",
            value=text,
        )
    return int(text)


def _format(text: str) -> Format:
    if text not in BATCH_FORMATS:
        raise InputError(
            problem="ce format n’est pas proposé.",
            remedy=f"choisissez parmi {listing(list(BATCH_FORMATS), 'ou')}.",
            column="format",
            value=text[:_LONGEST],
        )
    return BATCH_FORMATS[text]
