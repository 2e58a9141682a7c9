"""Makes click speak French, whatever the language of the machine."""

import gettext
import os
from pathlib import Path

TRANSLATIONS = Path(__file__).parent / "locale"


def speak_french() -> None:
    """Click looks its sentences up in gettext's default domain at the moment it prints them.

    Processes started later inherit the choice.
    """
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(TRANSLATIONS))
