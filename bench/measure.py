"""Fair timing: every contestant in the same run, turn by turn, medians and ratios."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Seconds of one contestant: best, median, worst."""

    best: float
    median: float
    worst: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Timing":
        return cls(min(seconds), statistics.median(seconds), max(seconds))


def race(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int, calls: Mapping[str, int]
) -> dict[str, Timing]:
    """Time each contestant ``rounds`` times, in turn, after one warm-up each.

    ``calls`` says how many calls one measure averages, for contestants under the clock's grain.
    """
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for run in contestants.values():
        run()
    for _ in range(rounds):
        for name, run in contestants.items():
            n = calls.get(name, 1)
            start = time.perf_counter()
            for _ in range(n):
                run()
            seconds[name].append((time.perf_counter() - start) / n)
    return {name: Timing.of(values) for name, values in seconds.items()}


@dataclass(frozen=True)
class Whole:
    """A contestant run as a whole process: wall seconds, peak memory, what it answered."""

    wall: float
    peak_mb: float
    answer: dict[str, object]


def whole_process(module: str, *arguments: str) -> Whole:
    """Run ``python -m module arguments`` and read the JSON line it prints last."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], check=True, capture_output=True, text=True
    )
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return Whole(answer.pop("seconds"), answer.pop("peak_mb"), answer)


def report_own(work: Callable[[], dict[str, object]]) -> None:
    """Called by a contestant's process: time ``work`` and print what ``whole_process`` reads."""
    start = time.perf_counter()
    answer = work()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**answer, "seconds": seconds, "peak_mb": peak}))
