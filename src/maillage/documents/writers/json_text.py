"""JSON: the tables of an answer by key, with their columns and facts."""

import json
from typing import Any

from maillage.documents.tables.values import Table, Workbook, plain, records


def json_text(workbook: Workbook) -> bytes:
    """``{title, facts, notes, tables: {key: {title, columns, rows, total}}}``; unknown is null."""
    content = {
        "title": workbook.title,
        "facts": [
            {"key": fact.key, "label": fact.label, "value": fact.value} for fact in workbook.facts
        ],
        "notes": list(workbook.notes),
        "tables": {table.name: _table(table) for table in workbook.tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False).encode()


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    return {
        "title": table.title,
        "columns": [
            {"key": column.key, "label": column.label, "kind": column.kind.value}
            for column in table.columns
        ],
        "rows": list(records(table)),
        "total": None
        if table.total is None
        else dict(zip(keys, map(plain, table.total), strict=True)),
    }
