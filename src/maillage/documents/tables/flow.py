"""« flow » as tables: those of its balance, the other partners summed, what the reader chose."""

from dataclasses import replace

from maillage.common.french import counted, number
from maillage.documents.tables.balance import balance_workbook, state
from maillage.documents.tables.facts import amount
from maillage.documents.tables.values import Fact, Row, Workbook
from maillage.engine.edition import Edition
from maillage.observatory.answers.flow import Flow, Others
from maillage.observatory.flow import INCOMING, OUTGOING
from maillage.wording.figures import figure

OTHERS = "@AUTRES"
_WAYS = {INCOMING: "entrants", OUTGOING: "sortants"}


def flow_workbook(answer: Flow, edition: Edition) -> Workbook:
    """The rows and what is left out of them: both directions still close."""
    found = balance_workbook(answer.balance, edition)
    main = found.main
    if answer.others is not None:
        flow = edition.catalog.flows[answer.balance.flow].title
        main = replace(main, rows=(*main.rows, _others(answer, answer.others, flow)))
    return replace(found, tables=(main, *found.tables[1:])).told(*_choices(answer))


def _choices(answer: Flow) -> tuple[Fact, ...]:
    """What the reader chose, so that nobody takes a part for the whole."""
    category = answer.category
    only = f"{category.title} : {category.label}" if category else ""
    way = f"partenaires qui ont des {_WAYS[answer.way]}" if answer.way in _WAYS else ""
    floor = f"{number(answer.threshold)} et plus" if answer.threshold else ""
    return (
        Fact("category", "Seulement", only, repeated=True),
        Fact("way", "Sens", way, repeated=True),
        Fact("threshold", "Seuil", floor, repeated=True),
    )


def _others(answer: Flow, others: Others, flow: str) -> Row:
    balance = answer.balance
    unit = balance.unit
    told = []
    for key in ("outgoing", "incoming"):
        precision, secrecy = getattr(others.precision, key), getattr(others.secrecy, key)
        value = getattr(others, key)
        shown = figure(value, unit.id, precision, others.coverage, secrecy)
        told += [state(shown), precision.grade, precision.standard_error]
    values = (amount(value, unit) for value in (others.outgoing, others.incoming, None))
    name = counted(others.count, "autre partenaire", "autres partenaires")
    return (OTHERS, name, "ensemble", *values, *told, "", flow, balance.year, unit.label)
