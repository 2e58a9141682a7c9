"""What a file of one family of flows holds, as its address tells."""

from collections.abc import Mapping

from maillage.common.errors import InputError
from maillage.common.french import listing

EXCHANGES = "echanges"
CONTENTS = (EXCHANGES, "indicateurs", "evolution", "liens", "structure")


def content(query: Mapping[str, str]) -> str:
    """One of ``CONTENTS``, the exchanges unless told. InputError for anything else."""
    text = query.get("contenu", "").strip() or EXCHANGES
    if text not in CONTENTS:
        raise InputError(
            problem="un fichier ne contient pas cela.",
            remedy=f"choisissez parmi {listing(CONTENTS, 'ou')}.",
            column="contenu",
            value=text[:40],
        )
    return text
