"""The worked examples of this folder hold: tables in, expected values out.

Each Markdown file is a small country. Headings say what a table is:

- « Flux »: origins in rows, destinations in columns; names that start with @ are outside places;
- « Flux (bands) : 6-10 ans », once a category: profile by category, under that input's name;
- « Données »: one input a row, one territory a column; « Données par partenaire », one partner a
  column; « Nombres », one input and its value a row;
- « Résultats »: one indicator a row, one territory a column; « Résultats : id »: one indicator,
  territories in columns and, in rows, partners or categories.

A cell is a number, a fraction worked out by hand (600/750), or « n. d. » when nothing can be said.
Written with decimals, it is right to the last one.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from maillage.catalog.cards import IndicatorCard
from maillage.catalog.load import load_catalog
from maillage.engine.battery import evaluate
from maillage.engine.profile import FlowProfile
from maillage.engine.structure.network import Network

COUNTRIES = sorted(Path(__file__).parent.glob("*.md"))
UNKNOWN = "n. d."
HEADING = re.compile(
    r"^## (?P<kind>Flux|Données par partenaire|Données|Nombres|Résultats)"
    r"(?: \((?P<input>\w+)\))?(?: : (?P<name>.+))?$"
)


class Table:
    """A Markdown table: names of columns, then rows by name."""

    def __init__(self, lines: list[str]) -> None:
        cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
        self.columns = cells[0][1:]
        self.rows = {row[0]: row[1:] for row in cells[2:]}

    def matrix(self) -> np.ndarray:
        return np.array([[number(cell) for cell in row] for row in self.rows.values()])

    def inputs(self) -> dict[str, np.ndarray]:
        return {name: np.array([number(c) for c in row]) for name, row in self.rows.items()}


def number(cell: str) -> float:
    return float("nan") if cell == UNKNOWN else float(Fraction(cell.replace(",", ".")))


def tolerance(cell: str) -> float:
    decimals = cell.split(",")[1] if "," in cell else ""
    return 0.5 * 10 ** -len(decimals) if decimals else 1e-12 * max(1.0, abs(number(cell)))


def tables(text: str) -> Iterator[tuple[re.Match[str], Table]]:
    """Tables under a heading that says what they are."""
    for section in re.split(r"^(?=## )", text, flags=re.M)[1:]:
        heading = HEADING.match(section.splitlines()[0])
        lines = [line for line in section.splitlines() if line.startswith("|")]
        if heading and lines:
            yield heading, Table(lines)


def flow_inputs(table: Table) -> dict[str, object]:
    """The profile of a flow table and what the margins of its partners are."""
    flows = table.matrix()
    n = sum(not name.startswith("@") for name in table.rows)
    inner = flows.diagonal()
    return {
        "profile": FlowProfile.of_matrix(flows, n),
        "partner_origins": flows.sum(axis=1),
        "partner_destinations": flows.sum(axis=0),
        "partner_in_total": flows.sum(axis=0) - inner,
        "between_total": flows.sum() - inner.sum(),
    }


def stacked(profiles: list[FlowProfile]) -> FlowProfile:
    names = ("internal", "origins", "destinations", "outgoing", "incoming")
    return FlowProfile(*(np.stack([getattr(p, name) for p in profiles]) for name in names))


def read_inputs(text: str) -> dict[str, object]:
    inputs: dict[str, object] = {}
    by_category: dict[str, list[FlowProfile]] = {}
    for heading, table in tables(text):
        match heading["kind"], heading["input"], heading["name"]:
            case "Flux", None, _:
                inputs |= flow_inputs(table)
                inputs |= {"flows": table.matrix(), "network": Network.of_matrix(table.matrix())}
            case "Flux", str(name), None:
                inputs[name] = flow_inputs(table)["profile"]
            case "Flux", str(name), _:
                by_category.setdefault(name, []).append(flow_inputs(table)["profile"])
            case "Nombres", _, _:
                inputs |= {name: value[0] for name, value in table.inputs().items()}
            case "Données" | "Données par partenaire", None, _:
                inputs |= table.inputs()
            case "Données" | "Données par partenaire", str(name), _:
                inputs[name] = table.matrix().T
    return inputs | {name: stacked(profiles) for name, profiles in by_category.items()}


def expected(text: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Id of the indicator and the cells of each row."""
    for heading, table in tables(text):
        if heading["kind"] == "Résultats" and heading["name"]:
            yield heading["name"], list(table.rows.values())
        elif heading["kind"] == "Résultats":
            yield from ((name, [row]) for name, row in table.rows.items())


def as_shown(card: IndicatorCard, values: np.ndarray, rows: list[list[str]]) -> np.ndarray:
    """Values in the rows and columns of the table: territories are in columns there."""
    table = np.atleast_2d(values)
    turned = card.per == "partner" or table.shape != (len(rows), len(rows[0]))
    return table.T if turned and len(rows) > 1 else table


@pytest.mark.parametrize("path", COUNTRIES, ids=lambda path: path.stem)
def test_worked_example(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cards = load_catalog().indicators
    found = evaluate(cards, read_inputs(text))
    wanted = list(expected(text))
    assert wanted
    for name, rows in wanted:
        assert name in found, f"{name} : une entrée manque, ou aucune fiche"
        for cells, line in zip(rows, as_shown(cards[name], found[name], rows), strict=True):
            for cell, value in zip(cells, line, strict=True):
                assert value == pytest.approx(
                    number(cell), rel=0, abs=tolerance(cell), nan_ok=True
                ), f"{name} : {cell} attendu, {value} trouvé"


def test_every_indicator_is_worked_out_by_hand() -> None:
    shown = {name for path in COUNTRIES for name, _ in expected(path.read_text(encoding="utf-8"))}
    assert set(load_catalog().indicators) == shown
