"""The letters of what waits, sent by whoever runs the site, each day: people choose how often."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

import django


def letters(site: str, today: date, *, send: bool) -> Iterator[tuple[str, str, str]]:
    """Address, subject and text of each; sent as it is given when ``send``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    django.setup()
    from django.core.mail import EmailMessage

    from maillage.accounts.actions.reminders import mark_reminded
    from maillage.contracts.models import Contract
    from maillage.operations.actions.dues import draw_dues
    from maillage.operations.reminders import reminders

    draw_dues(contracts=Contract.objects.all(), today=today, at=datetime.now(UTC))
    for letter in reminders(today, site):
        if send:
            headers = {
                "List-Unsubscribe": f"<{letter.choice}>",  # RFC 2369; one click: RFC 8058
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
            EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers).send()
            mark_reminded(person_id=letter.person_id, day=today)
        yield letter.to, letter.subject, letter.body
