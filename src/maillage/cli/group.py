"""The root of the commands: speaks French, and turns errors into a sentence and an exit code."""

from enum import IntEnum
from typing import Any

import click

from maillage.cli.french import speak_french
from maillage.common.errors import MaillageError, NotFoundError


class ExitCode(IntEnum):
    """What a script can rely on. Click itself exits with USAGE on a faulty command line."""

    DONE = 0
    REFUSED = 1  # a file, a value or a build that cannot be used
    USAGE = 2
    NOT_FOUND = 3  # no edition, or no such territory, flow or year in it


class Refusal(click.ClickException):
    """An error already told in French: shown as it is, without a traceback."""

    def __init__(self, message: str, exit_code: ExitCode) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it on the class


class FrenchGroup(click.Group):
    """A group whose every sentence is French, those of click included."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        speak_french()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except MaillageError as error:
            missing = isinstance(error, NotFoundError)
            code = ExitCode.NOT_FOUND if missing else ExitCode.REFUSED
            raise Refusal(str(error), code) from error
