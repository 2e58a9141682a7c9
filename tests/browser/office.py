"""Fills the base of the site under test: an office ready to write a contract. Run as a script.

    python tests/browser/office.py EDITIONS SIREN+SIREN+SIREN+SIREN

Everybody has the same password and the same second factor.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

PASSWORD = "quatre chevaux bleus"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
#: One per width: a code serves once.
LEADS = {360: "lea.martin@exemple.fr", 1280: "luc.martin@exemple.fr"}
#: Who opens a new contract from an office’s workbook.
CLERK = "ines.moreau@exemple.fr"


def fill(editions: Path, sirens: list[str]) -> None:
    from django.utils.timezone import localtime

    from maillage.accounts.actions.memberships import grant
    from maillage.accounts.actions.organisations import (
        add_organisation,
        organisation_of_territory,
    )
    from maillage.accounts.models import Person
    from maillage.engine.edition import current_edition
    from maillage.territory.units import unit_index

    at = localtime()
    if Person.objects.filter(email__in=LEADS.values()).exists():
        return
    index = unit_index(current_edition(editions).geography)
    bodies = [
        organisation_of_territory(
            siren=siren, name=index.by_id[siren].name, nature="cc", by=None, at=at
        )
        for siren in sirens
    ]
    state = add_organisation(name="Préfecture", nature="state", by=None, at=at)
    leads = [
        Person(email=email, name="Léa Martin", joined_at=at, totp_secret=SECRET)
        for email in (*LEADS.values(), CLERK)
    ]
    prefect = Person(
        email="prefecture@exemple.fr", name="Karim Benali", joined_at=at, totp_secret=SECRET
    )
    roles = [(person, bodies[0], "project_lead") for person in leads]
    for person, body, role in (*roles, (prefect, state, "prefecture")):
        person.set_password(PASSWORD)
        person.save()
        since = at.date() - timedelta(days=9)
        territory = "+".join(sirens)
        grant(
            person=person, organisation=body, role=role, territory=territory, by=None, at=at,
            since=since,
        )  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    import django

    django.setup()
    fill(Path(sys.argv[1]), sys.argv[2].split("+"))
