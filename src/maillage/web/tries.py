"""Wrong passwords and codes, counted by account: beyond a few, the account waits."""

from django.core.cache import cache

#: Wrong tries before an account waits, and how long it does, in seconds; counted by each process.
TRIES, WAIT = 8, 15 * 60


def held(email: str) -> bool:
    """Whether the account waits, right password or not."""
    return int(cache.get(_key(email), 0)) >= TRIES


def count(email: str) -> None:
    """One more wrong try."""
    cache.add(_key(email), 0, timeout=WAIT)
    cache.incr(_key(email))


def forget(email: str) -> None:
    """Whoever got in starts again from none."""
    cache.delete(_key(email))


def _key(email: str) -> str:
    return f"tries:{email.lower()}"
