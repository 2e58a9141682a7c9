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


@dataclass(frozen=True)
class Measure:
    """A value, and how eyes read it: a share is 0,384 in a spreadsheet, 38,4 % in a terminal."""

    value: float | None
    text: str


Cell = str | int | float | Measure | None


@dataclass(frozen=True)
class Sheet:
    """Rows under French headings; ``notes`` are for eyes alone."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def show(sheets: Sequence[Sheet], record: Any, output: str) -> None:
    """Prints to the output stream in the format asked: tables, csv, or the record as json.

    The csv has the headings once, those of the first sheet.
    """
    match output:
        case "csv":
            _as_csv(sheets)
        case "json":
            _as_json(record)
        case _:
            for sheet in sheets:
                _as_table(sheet)


def _as_table(sheet: Sheet) -> None:
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(sheet.title, style="bold", markup=False)
    if sheet.rows:
        console.print(_grid(sheet))
    for note in sheet.notes:
        console.print(note, markup=False)


def _grid(sheet: Sheet) -> Table:
    table = Table()
    for i, heading in enumerate(sheet.headings):
        numeric = any(isinstance(row[i], int | float | Measure) for row in sheet.rows)
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold")
    for row in sheet.rows:
        table.add_row(*(_for_eyes(cell) for cell in row))
    return table


def _as_csv(sheets: Sequence[Sheet]) -> None:
    """Semicolons and decimal commas, as French spreadsheets read them."""
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    several = len(sheets) > 1
    writer.writerow([*(["Réponse"] if several else []), *sheets[0].headings])
    for sheet in sheets:
        head = [sheet.title] if several else []
        writer.writerows([*head, *map(_for_spreadsheet, row)] for row in sheet.rows)


def _as_json(record: Any) -> None:
    click.echo(json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False))


def _for_eyes(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case Measure():
            return cell.text
        case float() if abs(cell) < 100:
            return number(cell, 1)
    return number(cell)


def _for_spreadsheet(cell: Cell) -> str:
    if isinstance(cell, Measure):
        return _for_spreadsheet(cell.value)
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return "" if cell is None else str(cell)


def lines(texts: Iterable[str]) -> None:
    """Plain sentences to the output stream."""
    for text in texts:
        click.echo(text)
