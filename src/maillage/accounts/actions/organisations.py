"""Organisations: known once, by their SIREN or SIRET."""

import re
from datetime import datetime

from django.db import transaction

from maillage.accounts.journal import record
from maillage.accounts.models import Organisation
from maillage.accounts.roles import NATURES
from maillage.accounts.viewers import Viewer
from maillage.common.errors import InputError

_SIREN, _SIRET = re.compile(r"\d{9}"), re.compile(r"\d{14}")


@transaction.atomic
def add_organisation(
    *,
    name: str,
    nature: str,
    by: Viewer | None,
    at: datetime,
    siren: str = "",
    siret: str = "",
    territory: str = "",
) -> Organisation:
    """InputError on a malformed number, an unknown nature, or an organisation that is there."""
    siren, siret = siren.replace(" ", ""), siret.replace(" ", "")
    _check(name, nature, siren, siret)
    siren = siren or siret[:9]
    known = Organisation.objects.filter(siren=siren, siret=siret).first() if siren else None
    if known:
        raise InputError(
            problem=f"cet organisme est déjà connu : {known.name}.",
            remedy="choisissez-le dans la liste.",
            value=siret or siren,
        )
    made = Organisation.objects.create(
        name=name.strip(), nature=nature, siren=siren, siret=siret, territory=territory
    )
    after = {"name": made.name, "nature": nature, "siren": siren, "siret": siret}
    record(by=by, at=at, verb="added", kind="organisation", id=made.pk, after=after)
    return made


def organisation_of_territory(
    *, siren: str, name: str, nature: str, by: Viewer | None, at: datetime
) -> Organisation:
    """That of a groupement of the official geography, added the first time it is met."""
    known = Organisation.objects.filter(siren=siren, siret="").first()
    return known or add_organisation(
        name=name, nature=nature, siren=siren, territory=siren, by=by, at=at
    )


def _check(name: str, nature: str, siren: str, siret: str) -> None:
    if not name.strip():
        raise InputError(problem="un organisme a un nom.", remedy="écrivez-le.", column="Nom")
    if nature not in NATURES:
        raise InputError(
            problem="cette nature d’organisme n’est pas connue.",
            remedy="choisissez-en une dans la liste.",
            value=nature,
        )
    for value, form, label in ((siren, _SIREN, "SIREN"), (siret, _SIRET, "SIRET")):
        if value and not form.fullmatch(value):
            digits = 9 if label == "SIREN" else 14
            raise InputError(
                problem=f"un numéro {label} compte {digits} chiffres.",
                remedy="recopiez-le sans lettre, ou laissez le champ vide.",
                column=label,
                value=value,
            )
    if siren and siret and not siret.startswith(siren):
        raise InputError(
            problem="ce SIRET ne commence pas par ce SIREN.",
            remedy="corrigez l’un des deux.",
            value=siret,
        )
