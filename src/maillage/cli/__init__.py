"""The command line: ``maillage synth | fetch | build | editions | ask | export | serve…``."""

import click

from maillage import __version__
from maillage.cli.ask import ask
from maillage.cli.build import build
from maillage.cli.calls import calls
from maillage.cli.demo import demo
from maillage.cli.editions import editions
from maillage.cli.export import export
from maillage.cli.fetch import fetch
from maillage.cli.group import FrenchGroup
from maillage.cli.operator import operator
from maillage.cli.reminders import reminders
from maillage.cli.serve import serve
from maillage.cli.synth import synth
from maillage.cli.upkeep import upkeep


@click.group(
    name="maillage",
    cls=FrenchGroup,
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE [ARGUMENTS]…",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Code de sortie : 0, tout est fait ; 1, entrée refusée ; 2, commande mal écrite ; "
        "3, édition, territoire, flux ou année introuvable."
    ),
)
@click.version_option(__version__, prog_name="maillage", help="Affiche la version.")
def main() -> None:
    """Les flux qui lient les territoires français, lus dans les fichiers officiels.

    Pour commencer : « maillage synth » fabrique un pays fictif, « maillage build » en fait une
    édition, « maillage serve » la montre dans un navigateur et « maillage ask » l’interroge.
    """


COMMANDS = (
    synth,
    fetch,
    build,
    editions,
    ask,
    export,
    serve,
    operator,
    calls,
    demo,
    reminders,
    upkeep,
)
for command in COMMANDS:
    main.add_command(command)
