"""One run: the same pages with one contract and with those of France, on each base."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.contracts.bases import binaries, postgres
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
posées à la base. La liste en montre cent par page, la page d’un financeur soixante demandes ;
« Ce qui m’attend » tient compte de tous les contrats d’un département."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when no page asks more questions for many contracts than for one; 1 otherwise."""
    asked = _parser().parse_args(arguments)
    print(f"Mesures dans « {asked.folder} » : {DISK:g} Gio.", flush=True)
    editions = Bench(asked.folder, "demo", print).editions
    found = {"SQLite": _on("", editions, asked.contracts)}
    if (tools := binaries()) is not None:
        with postgres(tools) as address:
            found["PostgreSQL"] = _on(address, editions, asked.contracts)
    else:
        print("PostgreSQL absent : SQLite seul est mesuré (paquet postgresql).")
    (asked.folder / "contracts.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    page = markdown(found, asked.contracts)
    if asked.page is not None:
        asked.page.write_text(page + "\n", encoding="utf-8")
    print(page)
    return 0 if all(map(constant, found.values())) else 1


def constant(base: dict[str, Any]) -> bool:
    """Whether each page asks as many questions with many contracts as with one."""
    among = base["among"]
    return all(alone["queries"] == among[page]["queries"] for page, alone in base["alone"].items())


def markdown(found: dict[str, Any], contracts: int) -> str:
    told = {"contracts": contracts, "operations": OPERATIONS, "lines": LINES, "machine": machine()}
    parts = [INTRODUCTION.format(**told)]
    for name, base in found.items():
        rows = [_row(page, base["alone"][page], base["among"][page]) for page in base["alone"]]
        parts += [f"## {name}", table(COLUMNS, rows), f"Copie : {duration(base['filled'])}."]
    return "\n\n".join(parts)


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


def _on(database: str, editions: Path, contracts: int) -> dict[str, Any]:
    """In a process of its own, whose settings name the base."""
    with tempfile.TemporaryDirectory() as var:
        settings = {
            "DJANGO_SETTINGS_MODULE": "maillage.config.settings",
            "MAILLAGE_DATABASE": database,
            "MAILLAGE_EDITIONS": str(editions.resolve()),
            "MAILLAGE_VAR": var,
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
