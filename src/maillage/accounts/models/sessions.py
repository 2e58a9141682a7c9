"""Sessions that know whose they are, so that people can see theirs and close them.

The settings name this module as Django’s session engine.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as TableStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from maillage.accounts.models.people import Person

#: Where a session keeps the name of its browser.
AGENT = "agent"


class AccountSession(AbstractBaseSession):
    """``agent`` is what the browser says of itself, cut short."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="sessions")
    agent = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(auto_now=True)

    @classmethod
    def get_session_store_class(cls) -> Any:
        return SessionStore


class SessionStore(TableStore):
    """Writes beside each session the person it belongs to and the browser that opened it."""

    @classmethod
    def get_model_class(cls) -> type[AccountSession]:
        return AccountSession

    def create_model_instance(self, data: dict[str, Any]) -> AccountSession:
        row: AccountSession = super().create_model_instance(data)
        known = data.get(SESSION_KEY)
        row.person_id = int(known) if known else None
        row.agent = str(data.get(AGENT, ""))[:200]
        return row
