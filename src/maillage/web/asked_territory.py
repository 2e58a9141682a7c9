"""The territory an address names."""

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.territory.perimeter import Perimeter, parse_perimeter


def asked_territory(edition: Edition, id: str) -> Perimeter:
    """NotFoundError for one the edition does not know, with what to write instead."""
    try:
        return parse_perimeter(id, edition.geography)
    except InputError as error:
        raise NotFoundError(str(error)) from error
