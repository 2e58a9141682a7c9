"""The territory that an address names."""

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.territory.perimeter import Perimeter, parse_perimeter


def perimeter_of(edition: Edition, id: str) -> Perimeter:
    """NotFoundError, in French, where it names none."""
    try:
        return parse_perimeter(id, edition.geography)
    except InputError as error:
        raise NotFoundError(error.told) from error
