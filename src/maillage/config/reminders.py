"""The letters of what waits, sent by whoever runs the site, once a day or a week."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime

import django


def letters(site: str, today: date, *, send: bool) -> Iterator[tuple[str, str, str]]:
    """Address, subject and text of each; sent as it is given when ``send``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    django.setup()
    from django.core.mail import send_mail

    from maillage.contracts.models import Contract
    from maillage.operations.actions.dues import draw_dues
    from maillage.operations.reminders import reminders

    draw_dues(contracts=Contract.objects.all(), today=today, at=datetime.now(UTC))
    for letter in reminders(today, site):
        if send:
            send_mail(letter.subject, letter.body, None, [letter.to])
        yield letter.to, letter.subject, letter.body
