"""Secrets sent once and kept only as a hash: whoever reads the base cannot use them."""

import hashlib
import secrets


def new_token() -> tuple[str, str]:
    """256 random bits for an address, and the digest to keep."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """SHA-256: enough for what is random already."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_recovery_code() -> tuple[str, str]:
    """80 random bits, as four groups people can copy, and the digest to keep."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    code = "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
    return code, digest(code)
