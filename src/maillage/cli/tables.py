"""One table, three ways to print it: for eyes, for a spreadsheet, for a program."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from maillage.common.french import number

Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """Rows under French headings; ``record`` is the same answer for programs, English keys."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    record: Any
    notes: Sequence[str] = ()


def show(sheet: Sheet, output: str) -> None:
    """Prints to the output stream, in the format that was asked: table, csv or json."""
    match output:
        case "csv":
            _as_csv(sheet)
        case "json":
            _as_json(sheet)
        case _:
            _as_table(sheet)


def _as_table(sheet: Sheet) -> None:
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    table = Table(title=sheet.title, title_justify="left", title_style="bold")
    for i, heading in enumerate(sheet.headings):
        numeric = any(isinstance(row[i], int | float) for row in sheet.rows)
        table.add_column(heading, justify="right" if numeric else "left")
    for row in sheet.rows:
        table.add_row(*(_for_eyes(cell) for cell in row))
    console.print(table)
    for note in sheet.notes:
        console.print(note, markup=False)


def _as_csv(sheet: Sheet) -> None:
    """Semicolons and decimal commas, as French spreadsheets read them."""
    writer = csv.writer(click.get_text_stream("stdout"), delimiter=";", lineterminator="\n")
    writer.writerow(sheet.headings)
    writer.writerows([_for_spreadsheet(cell) for cell in row] for row in sheet.rows)


def _as_json(sheet: Sheet) -> None:
    click.echo(json.dumps(sheet.record, ensure_ascii=False, indent=2, allow_nan=False))


def _for_eyes(cell: Cell) -> str:
    if isinstance(cell, float):
        return number(cell, 0 if abs(cell) >= 100 else 1)
    return number(cell) if isinstance(cell, int) else cell or ""


def _for_spreadsheet(cell: Cell) -> str:
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return "" if cell is None else str(cell)


def lines(texts: Iterable[str]) -> None:
    """Plain sentences to the output stream."""
    for text in texts:
        click.echo(text)
