"""What long work tells while it runs, on the error stream: the answer alone goes to the output."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class Steps:
    """Tells the step under way: one live line in a terminal, a line a step elsewhere."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def __call__(self, text: str) -> None:
        if not self._bars.console.is_terminal:
            self._bars.console.print(text, highlight=False, markup=False)
        elif self._task is None:
            self._task = self._bars.add_task(text, total=None)
        else:
            self._bars.update(self._task, description=text)


class Downloads:
    """Tells how much of each file has come: bytes done, bytes expected when known."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, file: str, done: int, total: int | None) -> None:
        if file not in self._tasks:
            self._tasks[file] = self._bars.add_task(file, total=total)
            if not self._bars.console.is_terminal:
                self._bars.console.print(file, highlight=False, markup=False)
        self._bars.update(self._tasks[file], completed=done, total=total)


@contextmanager
def steps(*, quiet: bool) -> Iterator[Steps]:
    """A reporter of steps that lives as long as the work."""
    console = Console(stderr=True, quiet=quiet)
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bars:
        yield Steps(bars)


@contextmanager
def downloads(*, quiet: bool) -> Iterator[Downloads]:
    """A reporter of bytes that lives as long as the downloads."""
    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bars:
        yield Downloads(bars)
