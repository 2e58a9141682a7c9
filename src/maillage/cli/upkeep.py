"""``maillage entretien``: erases what the site has no reason to keep."""

from importlib import import_module

import click


@click.command(
    "entretien",
    options_metavar="[OPTIONS]",
    short_help="Efface ce que le site n’a plus de raison de garder.",
)
@click.option("--preview", is_flag=True, help="Dit ce qui partirait, sans rien effacer.")
def upkeep(preview: bool) -> None:
    """Auteurs de remarques traitées ou vieilles de six mois ; sessions finies ; invitations et
    liens expirés depuis un mois ; fichiers que plus rien ne cite. Recompte ce qui attend chacun.

    À lancer chaque nuit par le planificateur de la machine.
    """
    # Named, as Django names it: a face does not import what configures it.
    lines = import_module("maillage.config.upkeep").upkeep(preview=preview)
    head = "À effacer" if preview else "Effacé"
    click.echo(f"{head} : {', '.join(lines)}." if lines else "Rien à effacer.")
