"""The indicators a contract is judged on, operation by operation."""

from maillage.documents.sheets.legend import legend
from maillage.documents.sheets.values import Book, Column, Sheet, Shown
from maillage.documents.standing import Standing
from maillage.operations.maquette.content import Content
from maillage.operations.vocabulary import label

_COLUMNS = (
    Column("N°", Shown.CODE, 8),
    Column("Opération", width=46),
    Column("Indicateur", width=46),
    Column("Question", width=14),
    Column("Cible", Shown.CODE, 16),
    Column("Unité", width=24),
)


def indicators_book(content: Content, standing: Standing) -> Book:
    """A row an indicator of an operation."""
    rows = tuple(
        (
            operation["number"],
            operation["title"],
            item["name"],
            label("question", item["question"]),
            item["target"],
            item["unit"],
        )
        for operation in content["operations"]
        for item in operation["indicators"]
    )
    titles = ("Indicateurs de suivi", f"{standing.contract} – {standing.moment}")
    sheet = Sheet("Indicateurs", _COLUMNS, rows, titles=titles, fixed=2)
    return Book(standing.stem, titles[0], (sheet, legend(standing)))
