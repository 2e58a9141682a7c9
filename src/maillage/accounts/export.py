"""Everything kept about somebody, for them: the right of access of the RGPD."""

from typing import Any

from maillage.accounts.journal import plain
from maillage.accounts.models import JournalEntry, Person


def everything_about(person: Person) -> dict[str, Any]:
    """Plain values under French keys; neither passwords nor secrets."""
    acts = JournalEntry.objects.filter(person=person).order_by("at")
    return {
        "adresse": person.email,
        "nom": person.name,
        "inscrit_le": plain(person.joined_at),
        "second_facteur": bool(person.totp_secret),
        "rôles": [
            {
                "rôle": row.role,
                "organisme": row.organisation.name,
                "territoire": row.territory,
                "contrat": row.contract_id,
                "depuis": plain(row.since),
                "jusqu_au": plain(row.until),
            }
            for row in person.memberships.select_related("organisation")
        ],
        "sessions": [
            {"navigateur": row.agent, "vue_le": plain(row.seen_at)} for row in person.sessions.all()
        ],
        "actes": [
            {
                "le": plain(line.at),
                "acte": line.verb,
                "objet": f"{line.object_kind} {line.object_id}",
                "avant": line.before,
                "après": line.after,
            }
            for line in acts
        ],
    }
