"""Errors whose French text tells where the fault is and what to do."""

from dataclasses import dataclass


class MaillageError(Exception):
    """An error whose message is written, in French, for the person at the keyboard."""

    @property
    def told(self) -> str:
        """As a page says it, in whole sentences."""
        text = str(self)
        return text[:1].upper() + text[1:]


class NotFoundError(MaillageError):
    """No edition, or nothing in it, answers to what was asked (a territory, a flow, a year)."""


@dataclass(eq=False)
class InputError(MaillageError):
    """A file or a value that cannot be used as it stands.

    ``line`` counts from 1, the header included. ``value`` is shown cut to 80 characters.
    """

    problem: str
    remedy: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = [f"« {self.file} »"] if self.file else []
        if self.line is not None:
            place.append(f"ligne {self.line}")
        if self.column is not None:
            place.append(f"colonne {self.column}")
        if self.value is not None:
            place.append(f"valeur « {self.value[:80]} »")
        where = f"{', '.join(place)} : " if place else ""
        return f"{where}{self.problem} Remède : {self.remedy}"

    @property
    def told(self) -> str:
        """« Une année est attendue (reçu : « 20xx »). Écrivez-la en quatre chiffres. » The names of
        fields and parameters are for programs; a file and its line are for people."""
        place = [f"« {self.file} »"] if self.file else []
        place += [f"ligne {self.line}"] if self.line is not None else []
        problem = self.problem.rstrip(".")
        if self.value and f"« {self.value[:80]} »" not in problem:
            problem += f" (reçu : « {self.value[:80]} »)"
        said = f"{', '.join(place)} : {problem}" if place else problem
        return f"{said[:1].upper()}{said[1:]}. {self.remedy[:1].upper()}{self.remedy[1:]}"
