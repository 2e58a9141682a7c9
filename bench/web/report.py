"""The report of a run: a page of the documentation, and JSON for machines."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bench.report import SCALES, duration, machine, table
from bench.web.demands import DEMANDS, Asked, Measured
from maillage.common.french import number

INTRODUCTION = """\
# Mesures du site

Le site est servi comme par `maillage serve` (un processus, quatre fils), sur {scale}, machine :
{machine}. Cette page est écrite par `make bench-web`. Les durées dépendent de la machine et de ce
qu’elle fait d’autre ; les rapports, pris dans la même exécution, décident.

Le serveur de fichiers est WhiteNoise seul, sur le même Granian, avec autant de fils : c’est lui
qui sert le style et les scripts du site. Les deux répondent « non modifié » au même client, tour à
tour, sur quatre connexions gardées ouvertes. La page aux chiffres constants est le même gabarit, à
qui sont données les valeurs que la page a calculées. Le navigateur est Chromium, qui dessine sans
carte graphique."""


def markdown(found: Measured, scale: str) -> str:
    return "\n\n".join(
        [
            INTRODUCTION.format(scale=SCALES[scale], machine=machine()),
            verdict(found),
            "## Temps de réponse\n\nDu premier octet demandé au dernier reçu, une page à la fois, "
            "la machine elle-même comprise : médiane, puis durée que 95 % des réponses ne "
            "dépassent pas.",
            table(ASKED_COLUMNS, [_asked_row(asked) for asked in found.asked]),
            f"Du lancement à la première réponse : {duration(found.started)} ; page d’accueil "
            f"aussitôt après : {duration(found.first_page)}.",
            "## Première carte",
            table(MAP_COLUMNS, _map_rows(found)),
            "## Débits et rendu",
            table(("", "Mesuré"), _other_rows(found)),
        ]
    )


ASKED_COLUMNS = ("Page", "Première fois", "95 %", "De nouveau", "95 %", "Envoyé au plus")
MAP_COLUMNS = ("Page", "Dessinée après", "Scripts compressés")


def verdict(found: Measured) -> str:
    """What was demanded, what was measured, and whether it holds."""
    rows = [
        [one.label, one.told(found), one.bound(), "oui" if one.holds(found) else "**non**"]
        for one in DEMANDS
    ]
    return table(("Exigence", "Mesuré", "Limite", "Tenue"), rows)


def holds(found: Measured) -> bool:
    return all(one.holds(found) for one in DEMANDS)


def as_json(found: Measured, scale: str) -> dict[str, Any]:
    """Seconds, bytes and ratios as they were measured."""
    return {
        "scale": scale,
        "machine": machine(),
        "holds": holds(found),
        "demands": {
            one.id: {"measured": one.of(found), "limit": one.bound(), "holds": one.holds(found)}
            for one in DEMANDS
        },
        "seconds": {
            asked.kind.id: {"first": asdict(asked.first), "again": asdict(asked.again)}
            for asked in found.asked
        },
        "started": found.started,
        "first_page": found.first_page,
        "rates": asdict(found.rates),
        "rendering": asdict(found.rendering),
        "maps": [asdict(drawn) for drawn in found.maps],
        "texts": [asdict(text) for text in found.texts],
    }


def _asked_row(asked: Asked) -> Sequence[str]:
    spreads = (asked.first, asked.again)
    times = [duration(seconds) for spread in spreads for seconds in (spread.p50, spread.p95)]
    return [asked.kind.title, *times, f"{number(asked.sent)} ko"]


def _map_rows(found: Measured) -> list[Sequence[str]]:
    return [
        [
            f"`{_short(drawn.address)}`",
            duration(drawn.milliseconds / 1000),
            f"{number(drawn.scripts / 1000, 1)} ko",
        ]
        for drawn in found.maps
    ]


def _short(address: str) -> str:
    return address if len(address) <= 60 else f"{address[:59]}…"


def _other_rows(found: Measured) -> list[Sequence[str]]:
    return [
        ["Portrait, « non modifié »", f"{number(found.rates.portrait)} réponses/s"],
        ["Fichier, « non modifié »", f"{number(found.rates.file)} réponses/s"],
        ["Portrait, première fois, sans réseau", duration(found.rendering.cold)],
        ["Même page, chiffres constants", duration(found.rendering.constant)],
    ]
