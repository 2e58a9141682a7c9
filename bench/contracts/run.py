"""One run: the same pages with one contract and with those of France, on each base."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.contracts.bases import binaries, kept, postgres
from bench.contracts.sizes import CONTRACTS, LINES, OPERATIONS
from bench.data import Bench
from bench.report import duration, machine, table
from bench.run import ROOT
from maillage.common.french import number

DISK = 1.5  # GiB: the fictional country of demonstration, both bases
COLUMNS = ("Page", "Un contrat", "Tous", "Rapport", "Questions", "Questions, tous", "Envoyé, tous")
INTRODUCTION = """\
# Mesures des contrats

{contracts} contrats de {operations} opérations de {lines} lignes, machine : {machine}. Chaque
page est demandée avec un seul contrat dans la base, puis avec tous : médianes, nombre de questions
posées à la base. Entre parenthèses, qui la lit : la sous-préfecture, la préfecture et le SGAR ont
les contrats de leur ressort, l’ANCT et le financeur ceux de tout le pays."""


BASES = {"one": 1, "all": CONTRACTS}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when no page asks more questions for many contracts than for one; 1 otherwise."""
    asked = _parser().parse_args(arguments)
    print(f"Mesures dans « {asked.folder} » : {DISK:g} Gio.", flush=True)
    editions = Bench(asked.folder, "demo", print).editions
    sizes, home = BASES | {"all": asked.contracts}, kept(asked.folder)
    found = {"SQLite": {base: _on(home, "", editions, n) for base, n in sizes.items()}}
    if (tools := binaries()) is not None:
        with postgres(tools, home / f"postgres-{asked.contracts}", tuple(sizes)) as addresses:
            found["PostgreSQL"] = {
                base: _on(home, addresses[base], editions, n) for base, n in sizes.items()
            }
    else:
        print("PostgreSQL absent : SQLite seul est mesuré (paquet postgresql).")
    (asked.folder / "contracts.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    page = markdown(found, asked.contracts)
    if asked.page is not None:
        asked.page.write_text(page + "\n", encoding="utf-8")
    print(page)
    return 0 if all(map(constant, found.values())) else 1


def constant(base: dict[str, Any]) -> bool:
    """Whether no page asks more questions with many contracts than with one."""
    alone, among = base["one"]["pages"], base["all"]["pages"]
    return all(among[page]["queries"] <= alone[page]["queries"] for page in alone)


def markdown(found: dict[str, Any], contracts: int) -> str:
    told = {"contracts": contracts, "operations": OPERATIONS, "lines": LINES, "machine": machine()}
    parts = [INTRODUCTION.format(**told)]
    for name, base in found.items():
        alone, among = base["one"]["pages"], base["all"]["pages"]
        rows = [_row(page, alone[page], among[page]) for page in alone]
        parts += [f"## {name}", table(COLUMNS, rows), *_made(base["all"])]
    return "\n\n".join(parts)


def _made(base: dict[str, Any]) -> Iterator[str]:
    if base["filled"]:
        yield f"Base remplie en {duration(base['filled'])}."
    if base["drawn"]:
        each = duration(base["drawing"] / base["drawn"])
        yield f"Ce qui attend dans {base['drawn']} contrats, calculé : {each} par contrat."


def _row(page: str, alone: dict[str, float], among: dict[str, float]) -> list[str]:
    return [
        f"`{page}`",
        duration(alone["seconds"]),
        duration(among["seconds"]),
        number(among["seconds"] / alone["seconds"], 1),
        number(alone["queries"]),
        number(among["queries"]),
        f"{number(among['kilobytes'])} ko",
    ]


def _on(home: Path, address: str, editions: Path, contracts: int) -> dict[str, Any]:
    """In a process of its own, whose settings name the base; SQLite when no address is given."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = {
            "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
            "MAILLAGE_DATABASE": address,
            "MAILLAGE_EDITIONS": str(editions.resolve()),
            "MAILLAGE_VAR": scratch if address else str((home / f"sqlite-{contracts}").resolve()),
            "MAILLAGE_SECOND_FACTOR": "0",
        }
        command = [sys.executable, "-m", "bench.contracts.one", str(contracts)]
        told = subprocess.run(
            command, env=os.environ | settings, cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bench.contracts", description="Contrats.")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench" / "contracts")
    parser.add_argument("--contracts", type=int, default=CONTRACTS)
    parser.add_argument("--page", type=Path, help="page Markdown à écrire")
    return parser
