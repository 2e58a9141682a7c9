"""``maillage rappels``: tells each person by e-mail what waits for them."""

from datetime import date, datetime
from importlib import import_module

import click

from maillage.common.french import counted


@click.command(
    "rappels",
    options_metavar="[OPTIONS]",
    short_help="Envoie à chacun, par courriel, ce qui l’attend.",
)
@click.option(
    "--site",
    default="http://127.0.0.1:8000",
    show_default=True,
    metavar="ADRESSE",
    help="Adresse du site, citée dans les lettres.",
)
@click.option("--preview", is_flag=True, help="Montre les lettres sans les envoyer.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    metavar="JOUR",
    help="Fait comme si l’on était ce jour-là (AAAA-MM-JJ).",
)
def reminders(site: str, preview: bool, day: datetime | None) -> None:
    """Échéances des deux mois à venir, subventions près de la caducité, demandes à traiter.

    À lancer chaque jour par le planificateur de la machine : chacun choisit sur son compte d’être
    averti chaque jour, chaque semaine ou jamais.
    """
    today = day.date() if day else date.today()
    # Named, as Django names it: a face does not import what configures it.
    letters = import_module("maillage.config.reminders").letters(
        site.rstrip("/"), today, send=not preview
    )
    count = 0
    for to, subject, body in letters:
        count += 1
        if preview:
            click.echo(f"À : {to}\nObjet : {subject}\n\n{body}")
    done = "à envoyer" if preview else "envoyées" if count > 1 else "envoyée"
    click.echo(f"{counted(count, 'lettre')} {done}.")
