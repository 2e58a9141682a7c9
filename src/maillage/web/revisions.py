"""The revision that a form was shown at: without one, nobody knows what would be lost."""

from django.http import HttpRequest

from maillage.common.errors import InputError


def revision_of(request: HttpRequest) -> int:
    """That of the row as the page showed it. InputError when the form does not say."""
    text = request.POST.get("revision", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputError(
            problem="cette page ne dit pas quelle version elle modifie.",
            remedy="rechargez-la, puis recommencez.",
            column="revision",
            value=text[:40],
        )
    return int(text)
