"""``maillage ask``: one question on one territory or several."""

from pathlib import Path
from typing import Any

import click

from maillage.cli import options
from maillage.cli.editions import open_current
from maillage.cli.layouts.answer import answer_sheet
from maillage.cli.questions import QUESTIONS, Question
from maillage.cli.tables import show
from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import listing
from maillage.engine.edition import Edition
from maillage.observatory.record import record
from maillage.observatory.search import search
from maillage.territory.perimeter import Perimeter, parse_perimeter

#: Parameter of a question -> option that tells it.
SPELLINGS = {
    "flow": "--flow",
    "year": "--year",
    "mesh": "--mesh",
    "limit": "--limit",
    "themes": "--theme",
    "others": "--other",
    "steps": "--steps",
    "radius_km": "--radius",
    "pin": "--pin",
    "drop": "--drop",
}
QUESTION_LIST = " ; ".join(f"« {name} », {q.summary}" for name, q in QUESTIONS.items())


@click.command(
    options_metavar="[OPTIONS]",
    short_help="Pose une question sur un territoire.",
    epilog=f"Questions : {QUESTION_LIST}.",
)
@click.argument("question", type=click.Choice(list(QUESTIONS)), metavar="QUESTION")
@click.argument("territories", nargs=-1, required=True, metavar="TERRITOIRE…")
@click.option("--flow", metavar="FLUX", help="Famille de flux : commuting, residential, school…")
@click.option("--year", type=int, metavar="ANNÉE", help="Millésime ; le plus récent à défaut.")
@click.option("--mesh", metavar="MAILLE", help="Maille des partenaires : epci, commune…")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    help="Nombre de lignes, dans chaque sens.",
)
@click.option("--theme", "themes", multiple=True, metavar="THÈME", help="Thème pesé ; répétable.")
@click.option(
    "--other",
    "others",
    multiple=True,
    metavar="TERRITOIRE",
    help="L’autre territoire d’une paire, ou d’une comparaison ; répétable.",
)
@click.option(
    "--steps",
    type=click.IntRange(1, 20),
    metavar="N",
    help="Nombre de voisins associés, au plus.",
)
@click.option(
    "--radius",
    "radius_km",
    type=click.FloatRange(0, min_open=True),
    metavar="KM",
    help="Distance des voisins, en kilomètres.",
)
@click.option("--pin", multiple=True, metavar="CODE", help="Semblable à garder ; répétable.")
@click.option("--drop", multiple=True, metavar="CODE", help="Semblable à écarter ; répétable.")
@options.editions
@options.output
def ask(
    question: str, territories: tuple[str, ...], editions: Path, output: str, **told: Any
) -> None:
    """Répond à une QUESTION sur chaque TERRITOIRE, désigné par son code.

    Une commune (44109), un SIREN (244400404), un département (dep-44), une région (reg-52), une
    zone d’emploi (ze-5203), ou plusieurs réunis en un seul par « + » (244400404+44036).
    """
    asked = QUESTIONS[question]
    given = {name: value for name, value in told.items() if value not in (None, ())}
    _refuse_misplaced(question, asked, given)
    edition = open_current(editions)
    if "others" in given:
        given["others"] = [perimeter_named(edition, text) for text in given["others"]]
    answers = [
        asked.ask(edition, perimeter=perimeter_named(edition, text), **given)
        for text in territories
    ]
    records = [record(answer) for answer in answers]
    sheets = [answer_sheet(asked.lay_out(answer, edition)) for answer in answers]
    show(sheets, records if len(records) > 1 else records[0], output)


def perimeter_named(edition: Edition, text: str) -> Perimeter:
    """NotFoundError, with the territories of a like name, when the text is no identifier."""
    try:
        return parse_perimeter(text, edition.geography)
    except InputError as error:
        hits = [f"{hit.name} ({hit.id})" for hit in search(edition, text, 3)]
        meant = f" Vouliez-vous dire {listing(hits, 'ou')} ?" if hits else ""
        raise NotFoundError(f"{error}{meant}") from error


def _refuse_misplaced(name: str, question: Question, given: dict[str, Any]) -> None:
    for option in sorted(set(given) - question.options):
        raise click.UsageError(f"La question « {name} » ne prend pas {SPELLINGS[option]}.")
    for option in sorted((question.required & set(SPELLINGS)) - set(given)):
        raise click.UsageError(f"La question « {name} » demande {SPELLINGS[option]}.")
