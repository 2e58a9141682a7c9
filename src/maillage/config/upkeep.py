"""What whoever runs the site erases every day: personal data kept too long, and what is over."""

import os
from datetime import UTC, datetime

import django

from maillage.common.french import plural


def upkeep(*, preview: bool) -> list[str]:
    """A French line on each kind of thing erased, or that would be; none when nothing is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")
    django.setup()
    from django.db import transaction

    with transaction.atomic():
        counts = _rows_erased(datetime.now(UTC))
        transaction.set_rollback(preview)
    counts["fichier orphelin", "fichiers orphelins"] = _files_erased(preview=preview)
    if not preview:
        _draw_dues(datetime.now(UTC))
    return [f"{count} {plural(count, *words)}" for words, count in counts.items() if count]


def _rows_erased(at: datetime) -> dict[tuple[str, str], int]:
    from maillage.accounts.actions import retention
    from maillage.operations.actions.retention import erase_proposal_links
    from maillage.participation.actions import forget_authors

    return {
        ("auteur de remarque", "auteurs de remarques"): forget_authors(at=at),
        ("session finie", "sessions finies"): retention.erase_sessions(at=at),
        ("invitation expirée", "invitations expirées"): retention.erase_invitations(at=at),
        ("lien de lecture expiré", "liens de lecture expirés"): retention.erase_read_links(at=at),
        ("lien de dépôt expiré", "liens de dépôt expirés"): erase_proposal_links(at=at),
    }


def _draw_dues(at: datetime) -> None:
    """So that no page finds those that the night has changed still to draw."""
    from maillage.contracts.models import Contract
    from maillage.operations.actions.dues import draw_dues

    draw_dues(contracts=Contract.objects.all(), today=at.date(), at=at)


def _files_erased(*, preview: bool) -> int:
    from django.conf import settings

    from maillage.config.orphan_files import orphan_files

    found = orphan_files(settings.MEDIA_ROOT)
    for path in () if preview else found:
        path.unlink(missing_ok=True)
    return len(found)
