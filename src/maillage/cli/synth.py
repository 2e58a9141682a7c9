"""``maillage synth``: the fictional country, written as a folder of official-looking files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli import options
from maillage.cli.progress import steps
from maillage.common.errors import InputError

if TYPE_CHECKING:
    from maillage.synth.scales import ScaleName


@click.command(options_metavar="[OPTIONS]", short_help="Fabrique un pays fictif.")
@click.option(
    "--scale",
    type=click.Choice(["demo", "region", "france"]),
    default="demo",
    show_default=True,
    metavar="TAILLE",
    help="demo : 500 communes ; region : 4 000 ; france : 34 900.",
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="Graine du tirage : la même donne le même pays, octet pour octet.",
)
@click.option(
    "--mirror",
    type=options.Folder(),
    default=Path("var/fiction"),
    show_default=True,
    help="Dossier où écrire les fichiers ; il doit être vide.",
)
@click.option(
    "--details/--no-details",
    default=None,
    help="Fichiers individuels du recensement (8 millions de lignes pour la France) ; "
    "sans précision, selon la taille.",
)
@click.option(
    "--establishments",
    type=click.IntRange(0),
    metavar="N",
    help="Nombre d’établissements du répertoire Sirene ; sans précision, selon la taille.",
)
@options.quiet
def synth(
    scale: "ScaleName",
    seed: int,
    mirror: Path,
    details: bool | None,
    establishments: int | None,
    quiet: bool,
) -> None:
    """Écrit, aux formats officiels, les fichiers d’un pays inventé : lieux, habitants, six flux.

    De quoi essayer Maillage sans rien télécharger. Tout ce qui en vient est signalé comme fictif.
    """
    # Imported on use, so that the other commands start without it.
    from maillage.synth import synthesize

    if mirror.exists() and any(mirror.iterdir()):
        raise InputError(
            problem="le dossier n’est pas vide, et un miroir ne mêle pas fiction et réel.",
            remedy="videz-le, ou donnez-en un autre avec --mirror.",
            file=str(mirror),
        )
    with steps(quiet=quiet) as progress:
        synthesize(
            mirror,
            scale=scale,
            seed=seed,
            details=details,
            establishments=establishments,
            progress=progress,
        )
    click.echo(f"Le pays fictif est dans {mirror}.")
