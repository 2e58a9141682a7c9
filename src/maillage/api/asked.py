"""The parameters of the API, each with one name, one meaning and its limits."""

from typing import Annotated

from ninja import Path, Query

from maillage.common.errors import InputError, NotFoundError
from maillage.engine.edition import Edition
from maillage.observatory.compare import MOST as MOST_COMPARED
from maillage.territory.perimeter import MAX_ID_LENGTH, Perimeter, parse_perimeter

#: Rows that one page of a list holds at most, and usually.
MOST = 5000
PAGE = 100
#: Rows of a ranking that are read first.
FEW = 10

Territory = Annotated[
    str,
    Path(
        max_length=MAX_ID_LENGTH,
        description="Identifiant d’un territoire : une commune (44109), un SIREN (244400404), "
        "dep-44, reg-52, ou plusieurs réunis par « + ».",
    ),
]
Flow = Annotated[
    str,
    Query(max_length=80, description="Famille de flux : voir /catalog/flows."),
]
Flows = Annotated[
    list[Annotated[str, Query(max_length=80)]],
    Query(max_length=50, description="Familles de flux, répétable : voir /catalog/flows."),
]
Years = Annotated[
    list[Annotated[int, Query(ge=1900, le=2100)]] | None,
    Query(max_length=50, description="Millésimes, répétable ; le plus récent de chaque famille."),
]
Indicators = Annotated[
    list[Annotated[str, Query(max_length=80)]] | None,
    Query(
        max_length=200,
        description="internal, incoming, outgoing, net, ou une fiche de /catalog/indicators ; "
        "répétable ; à défaut, les quatre premiers.",
    ),
]
Year = Annotated[
    int | None,
    Query(ge=1900, le=2100, description="Millésime ; le plus récent à défaut."),
]
Mesh = Annotated[
    str | None,
    Query(max_length=80, description="Maille des partenaires : epci, departement, commune…"),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Nombre de lignes de la page, au plus.")]
Offset = Annotated[
    int, Query(ge=0, le=1_000_000, description="Nombre de lignes passées : rang de la page.")
]
First = Annotated[
    int,
    Query(
        ge=1,
        le=PAGE,
        description="Premiers partenaires de chaque famille, dans chaque sens ; tous se lisent "
        "par pages dans « balance ».",
    ),
]
Radius = Annotated[
    float, Query(gt=0, le=20_000, description="Distance des voisins, en kilomètres.")
]
Level = Annotated[
    str, Query(max_length=80, description="Maille des territoires listés : epci, commune, crte…")
]
Searched = Annotated[
    str, Query(max_length=100, description="Nom, code ou SIREN ; les fautes sont pardonnées.")
]
Codes = Annotated[
    str,
    Query(
        max_length=MAX_ID_LENGTH,
        description="Codes de communes ou identifiants de territoires, séparés par des virgules.",
    ),
]
Words = Annotated[
    list[Annotated[str, Query(max_length=80)]] | None,
    Query(max_length=50, description="Répétable."),
]
Theme = Annotated[
    str, Query(max_length=80, description="Thème d’offre et de besoin : voir /catalog/balances.")
]
Steps = Annotated[int, Query(ge=1, le=20, description="Nombre de voisins associés au plus.")]
Other = Annotated[
    str,
    Query(max_length=MAX_ID_LENGTH, description="Identifiant de l’autre territoire de la paire."),
]
Others = Annotated[
    list[Annotated[str, Query(max_length=MAX_ID_LENGTH)]] | None,
    Query(
        max_length=MOST_COMPARED - 1,
        description="Identifiant d’un territoire à mettre à côté du premier ; répétable.",
    ),
]
OneFlow = Annotated[
    str | None,
    Query(
        max_length=80,
        description="Famille de flux : voir /catalog/flows ; à défaut, les signes de fragilité.",
    ),
]
Zone = Annotated[
    str | None,
    Query(
        max_length=MAX_ID_LENGTH,
        description="Périmètre voisin où certains indicateurs se lisent : couronne, pôle…",
    ),
]


def territory_asked(edition: Edition, text: str) -> Perimeter:
    """NotFoundError when no territory has that identifier."""
    try:
        return parse_perimeter(text, edition.geography)
    except InputError as error:
        raise NotFoundError(error.told) from error


def words(told: list[str] | None) -> tuple[str, ...]:
    return tuple(told or ())
