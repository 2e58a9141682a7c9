"""Fair timing: every contestant in a process of its own, all in one run, turn by turn.

Medians and their ratios decide: what else the machine does falls on all alike.
"""

import gc
import multiprocessing
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self


def as_is(found: Any) -> Any:
    """The answer is what the call returns."""
    return found


#: Makes the call to time, from picklable arguments; runs in the process of the contestant.
Maker = Callable[..., Callable[[], Any]]


@dataclass(frozen=True)
class Contestant:
    """``make(*arguments)`` gives the call; ``calls`` of them are averaged in one measure.

    ``tell`` makes of what the call returns the answer to compare; it is not timed.
    """

    make: Maker
    arguments: tuple[Any, ...] = ()
    calls: int = 1
    tell: Callable[[Any], Any] = as_is


@dataclass(frozen=True)
class Timing:
    """Seconds of one contestant: best, median, worst."""

    best: float
    median: float
    worst: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Timing":
        return cls(min(seconds), statistics.median(seconds), max(seconds))


@dataclass(frozen=True)
class Outcome:
    """What a contestant took and what it answered. ``peak_mb`` counts its making too."""

    timing: Timing
    peak_mb: float
    answer: Any


def race(contestants: Mapping[str, Contestant], rounds: int) -> dict[str, Outcome]:
    """Each contestant ``rounds`` times in turn, all alive together, after a warm-up each."""
    with ExitStack() as stack:
        workers = {name: stack.enter_context(_Worker(c)) for name, c in contestants.items()}
        answers = {name: worker.run(1)[1] for name, worker in workers.items()}
        seconds: dict[str, list[float]] = {name: [] for name in workers}
        for _ in range(rounds):
            for name, worker in workers.items():
                seconds[name].append(worker.run(contestants[name].calls)[0])
        return {
            name: Outcome(Timing.of(seconds[name]), worker.peak_mb(), answers[name])
            for name, worker in workers.items()
        }


def race_afresh(contestants: Mapping[str, Contestant], rounds: int) -> dict[str, Outcome]:
    """Each contestant ``rounds`` times in turn, in a new process each time, without a warm-up."""
    runs: dict[str, list[Outcome]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            with _Worker(contestant) as worker:
                seconds, answer = worker.run(1)
                runs[name].append(Outcome(Timing.of([seconds]), worker.peak_mb(), answer))
    return {
        name: Outcome(
            Timing.of([outcome.timing.best for outcome in outcomes]),
            max(outcome.peak_mb for outcome in outcomes),
            outcomes[-1].answer,
        )
        for name, outcomes in runs.items()
    }


class _Worker:
    """A process that holds one contestant and times it when asked."""

    def __init__(self, contestant: Contestant) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, contestant), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.join()

    def run(self, calls: int) -> tuple[float, Any]:
        """Mean seconds of a call, and its answer."""
        seconds, answer = self._ask(calls)
        return seconds, answer

    def peak_mb(self) -> float:
        return float(self._ask(0))

    def _ask(self, calls: int) -> Any:
        self._pipe.send(calls)
        while not self._pipe.poll(1):
            if not self._process.is_alive():
                raise RuntimeError("a contestant died; its error is above")
        return self._pipe.recv()


def _serve(pipe: Connection, contestant: Contestant) -> None:
    """Answers forever: 0 asks for the peak memory, a number of calls to time them."""
    call = contestant.make(*contestant.arguments)
    gc.collect()
    gc.freeze()
    while True:
        calls = pipe.recv()
        if not calls:
            pipe.send(_peak_mb())
            continue
        seconds, found = _timed(call, calls)
        pipe.send((seconds, contestant.tell(found)))


def _timed(call: Callable[[], Any], calls: int) -> tuple[float, Any]:
    start = time.perf_counter()
    for _ in range(calls):
        found = call()
    return (time.perf_counter() - start) / calls, found


def _peak_mb() -> float:
    """MiB; ``getrusage`` would count what the parent held before the process was its own."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        kibibytes = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return int(kibibytes) / 1024
