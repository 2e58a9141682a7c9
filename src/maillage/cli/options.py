"""Options that several commands share, so that each has one name, one help and one default."""

from pathlib import Path
from typing import Any

import click


class Folder(click.ParamType[Path]):
    """A folder; ``exists`` demands that it be there already."""

    name = "DOSSIER"

    def __init__(self, *, exists: bool = False) -> None:
        self.exists = exists

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        folder = Path(value)
        if folder.exists() and not folder.is_dir():
            self.fail(f"« {folder} » n’est pas un dossier.", param, ctx)
        if self.exists and not folder.exists():
            self.fail(f"le dossier « {folder} » n’existe pas.", param, ctx)
        return folder


editions = click.option(
    "--editions",
    type=Folder(),
    default=Path("var/editions"),
    show_default=True,
    envvar="MAILLAGE_EDITIONS",
    help="Dossier des éditions (variable MAILLAGE_EDITIONS).",
)
cards = click.option(
    "--cards",
    type=Folder(exists=True),
    help="Dossier de vos propres fiches, ajoutées à celles livrées avec Maillage.",
)
output = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    metavar="FORMAT",
    help="Présentation de la réponse : table, csv ou json.",
)
quiet = click.option("--quiet", is_flag=True, help="Tait l’avancement, pas les erreurs.")
