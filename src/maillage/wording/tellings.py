"""What each family of flows has to say in a sentence, each way: words only, no figure."""

from dataclasses import dataclass
from typing import Literal

Way = Literal["incoming", "outgoing"]


@dataclass(frozen=True)
class Telling:
    """One thing that may be told of a territory.

    ``share`` speaks of the part of a whole, ``one`` and ``several`` of a count; ``share`` is empty
    where a rate would mislead. ``link`` stands before the names of partners. ``indicator`` is the
    card that defines the figure.
    """

    id: str
    flow: str
    way: Way
    indicator: str
    share: str
    one: str
    several: str
    link: str


#: In the order of the page; the first that can be told leads.
TELLINGS = (
    Telling(
        id="recit-actifs-sortants",
        flow="commuting",
        way="outgoing",
        indicator="out_rate",
        share="{share} des actifs occupés résidents travaillent hors du territoire",
        one="{count} actif occupé résident travaille hors du territoire",
        several="{count} actifs occupés résidents travaillent hors du territoire",
        link="vers",
    ),
    Telling(
        id="recit-actifs-entrants",
        flow="commuting",
        way="incoming",
        indicator="in_rate",
        share="{share} des actifs recensés qui travaillent dans le territoire habitent ailleurs",
        one="{count} actif recensé travaille dans le territoire et habite ailleurs",
        several="{count} actifs recensés travaillent dans le territoire et habitent ailleurs",
        link="dans",
    ),
    Telling(
        id="recit-arrivees",
        flow="residential",
        way="incoming",
        indicator="entry_share",
        share="{share} des habitants {aged} vivaient ailleurs {ago}",
        one="{count} habitant {aged} vivait ailleurs {ago}",
        several="{count} habitants {aged} vivaient ailleurs {ago}",
        link="dans",
    ),
    Telling(
        id="recit-departs",
        flow="residential",
        way="outgoing",
        indicator="exit_share",
        share="parmi les personnes qui habitaient le territoire {ago} et vivent toujours en "
        "France, {share} l’ont quitté",
        one="{count} personne qui habitait le territoire {ago} l’a quitté pour une autre commune "
        "de France",
        several="{count} personnes qui habitaient le territoire {ago} l’ont quitté pour une autre "
        "commune de France",
        link="vers",
    ),
    Telling(
        id="recit-etudes",
        flow="school",
        way="outgoing",
        indicator="exchange_volume",
        share="",
        one="{count} élève ou étudiant résident, tous âges confondus, étudie hors du territoire",
        several="{count} élèves et étudiants résidents, tous âges confondus, étudient hors du "
        "territoire",
        link="vers",
    ),
    Telling(
        id="recit-sieges",
        flow="control",
        way="incoming",
        indicator="in_rate",
        share="{share} des établissements secondaires du territoire ont leur siège ailleurs",
        one="{count} établissement secondaire du territoire a son siège ailleurs",
        several="{count} établissements secondaires du territoire ont leur siège ailleurs",
        link="dans",
    ),
    Telling(
        id="recit-transferts",
        flow="transfers",
        way="incoming",
        indicator="exchange_volume",
        share="",
        one="{count} établissement venu d’ailleurs s’est installé dans le territoire en {year}",
        several="{count} établissements venus d’ailleurs se sont installés dans le territoire en "
        "{year}",
        link="depuis",
    ),
    Telling(
        id="recit-salaires",
        flow="wages",
        way="incoming",
        indicator="exchange_volume",
        share="",
        one="les habitants rapportent {count} de salaires gagnés hors du territoire",
        several="les habitants rapportent {count} de salaires gagnés hors du territoire",
        link="dans",
    ),
)


def period(flow: str, year: int) -> dict[str, str]:
    """How long ago a census asks where one lived: five years until 2008, then one (Insee)."""
    if flow != "residential":
        return {}
    span = "cinq ans" if year <= 2008 else "un an"
    return {"aged": f"de {span} ou plus" if span != "un an" else "d’un an ou plus"} | {
        "ago": f"{span} plus tôt"
    }
