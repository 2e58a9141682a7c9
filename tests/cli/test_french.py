"""Every sentence a person can meet is French, those of click included."""

import re
from gettext import GNUTranslations

import click
import pytest
from babel.messages.pofile import read_po

from maillage.cli import main
from maillage.cli.french import TRANSLATIONS

FOLDER = TRANSLATIONS / "fr" / "LC_MESSAGES"
ENGLISH = re.compile(
    r"\b(usage:|options:|commands:|error|missing|invalid|such|show|exit|default:|the|is not)\b",
    re.I,
)


@pytest.mark.parametrize("command", [(), *((name,) for name in main.commands)], ids=" ".join)
def test_help_is_french(run, command):
    shown = run(*command, "--help")
    assert shown.exit_code == 0
    assert "Usage\u00a0:" in shown.output
    assert not ENGLISH.search(shown.output)


@pytest.mark.parametrize("name", main.commands)
def test_every_option_and_argument_explains_itself(name):
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.is_flag or parameter.metavar or parameter.type.name.isupper()
        else:
            assert parameter.metavar, parameter.name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nope"], "La commande «\u00a0nope\u00a0» n’existe pas."),
        (["edition"], "Vouliez-vous dire"),
        (["editions", "--nope"], "L’option «\u00a0--nope\u00a0» n’existe pas."),
        (["editions", "--format"], "demande une valeur"),
        (["editions", "--format", "xml"], "n’est pas un des choix possibles"),
        (["editions", "de", "trop"], "Des arguments sont de trop"),
        (["serve", "--port", "nord"], "n’est pas un nombre valide"),
        (["serve", "--port", "99999"], "sort de l’intervalle"),
        (["fetch", "--mirror", "nulle-part"], "n’existe pas"),
        (["editions", "--quiet=1"], "n’existe pas"),
        (["fetch", "--again=1"], "ne prend pas de valeur"),
    ],
)
def test_a_faulty_command_line_is_told_in_french(run, words, told):
    refused = run(*words)
    assert refused.exit_code == 2
    assert told in refused.output
    assert not ENGLISH.search(refused.output)


def test_the_compiled_translations_are_those_of_the_text():
    with (FOLDER / "messages.po").open("rb") as source:
        written = {message.id: message.string for message in read_po(source) if message.id}
    with (FOLDER / "messages.mo").open("rb") as compiled:
        catalogue = GNUTranslations(compiled)
    for id, string in written.items():
        if isinstance(id, tuple):
            assert tuple(catalogue.ngettext(*id, n) for n in (1, 2)) == string
        else:
            assert catalogue.gettext(id) == string


def test_translations_fill_the_same_blanks():
    blank = re.compile(r"\{(\w+)|%\((\w+)\)")
    with (FOLDER / "messages.po").open("rb") as source:
        for message in read_po(source):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            known = {name for id in ids for name in blank.findall(id)}
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(set(blank.findall(string)) <= known for string in strings), message.id
