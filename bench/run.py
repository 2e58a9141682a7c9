"""One run of the benchmarks: prepare, race, compare, report. See ``python -m bench --help``."""

import argparse
import json
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.agreement import check_agreement
from bench.contestants.ingest import WORK
from bench.data import DISK, FACTORS, Bench
from bench.measure import Outcome, race, race_afresh
from bench.report import Result, as_json, markdown, verdict
from bench.sizes import flow_sizes
from bench.tasks import TASKS, Task

ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every demand holds, 1 when one does not, 2 when the disk is too small."""
    asked = _parser().parse_args(arguments)
    bench = Bench(asked.folder, asked.scale, _say)
    if not has_room(bench):
        return 2
    tasks = [task for task in TASKS if task.id in asked.only]
    results = [_run(task, bench, asked.rounds) for task in tasks]
    _write(results, bench, asked.page)
    for folder in bench.home.glob(f"{WORK}*"):
        shutil.rmtree(folder)
    holds = all(result.holds for result in results)
    _say(verdict(results))
    _say("Verdict : toutes les exigences tiennent." if holds else _failures(results))
    return 0 if holds else 1


def _run(task: Task, bench: Bench, rounds: int | None) -> Result:
    outcomes: dict[float, dict[str, Outcome]] = {}
    for factor in FACTORS:
        contestants = task.contestants(bench, factor)
        _say(f"{task.title}, taille {factor:g} : {len(contestants)} concurrents…")
        measure = race_afresh if task.afresh else race
        outcomes[factor] = measure(contestants, rounds or task.rounds)
        check_agreement({name: found.answer for name, found in outcomes[factor].items()})
    return Result(task, outcomes)


def _write(results: Sequence[Result], bench: Bench, page: Path | None) -> None:
    sizes = flow_sizes(bench.edition)
    report = as_json(results, sizes, bench.scale)
    text = json.dumps(report, ensure_ascii=False, indent=1)
    (bench.home / "report.json").write_text(text + "\n", encoding="utf-8")
    if page is not None:
        page.write_text(markdown(results, sizes, bench.scale) + "\n", encoding="utf-8")


def has_room(bench: Bench) -> bool:
    """Says the disk it takes; False when what is missing would not fit."""
    bench.home.mkdir(parents=True, exist_ok=True)
    held = sum(path.stat().st_size for path in bench.home.rglob("*") if path.is_file())
    wanted, free = DISK[bench.scale] * 2**30 - held, shutil.disk_usage(bench.home).free
    _say(
        f"Mesures dans « {bench.home} » : {DISK[bench.scale]:g} Gio en tout, dont "
        f"{held / 2**30:.1f} déjà là ; {free / 2**30:.0f} Gio libres."
    )
    if wanted > free:
        _say("L’espace libre ne suffit pas : libérez-en, ou choisissez un autre dossier.")
    return wanted <= free


def _failures(results: Iterable[Result]) -> str:
    failed = [
        f"{result.task.title}, {demand.label}"
        for result in results
        for demand in result.task.demands
        if not demand.holds(result.at_scale)
    ]
    return "Verdict : ne tient pas : " + " ; ".join(failed) + "."


def _say(text: str) -> None:
    print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    ids = [task.id for task in TASKS]
    parser = argparse.ArgumentParser("python -m bench", description="Mesures de Maillage.")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--scale", choices=list(DISK), default="france")
    parser.add_argument("--only", nargs="+", choices=ids, default=ids, help="tâches à mesurer")
    parser.add_argument("--rounds", type=int, help="mesures par concurrent, selon la tâche sinon")
    parser.add_argument("--page", type=Path, help="page Markdown à écrire")
    return parser
