"""What each address of the site asks of whoever comes: the table ``rights.yaml``, read."""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from types import MappingProxyType

import yaml
from django.urls import URLPattern, URLResolver

#: Words that are no action of the table of rights.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "everyone": "Tout le monde",
        "account": "Toute personne connectée, pour ce qui est à elle",
        "secret": "Qui tient le secret de l’adresse, tant qu’il vaut",
    }
)
#: Addresses for programs: data of the edition alone, open to everyone.
OPEN_DATA = ("api/v1/", "ogc")


def _asked() -> dict[str, tuple[str, ...]]:
    lines = yaml.safe_load(files("maillage.web").joinpath("rights.yaml").read_bytes())
    return {name: (ask,) if isinstance(ask, str) else tuple(ask) for name, ask in lines.items()}


#: Name of an address -> a word of ``WORDS``, or the actions it may ask.
PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(_asked())


def addresses(
    patterns: Iterable[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, str]]:
    """Name and path of every address under these patterns."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield str(pattern.name), path
