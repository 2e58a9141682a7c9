"""Papers filled with their content: the same expressions whatever the format."""

from collections.abc import Iterator
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from maillage.common.errors import InputError
from maillage.documents.papers.blocks import (
    Block,
    Blocks,
    Context,
    Each,
    Facts,
    Listing,
    Paper,
    Turn,
    When,
    Words,
)

_LINE_BREAK = Markup("<text:line-break/>")


def environment(*, autoescape: bool, open_text: bool = False) -> SandboxedEnvironment:
    """Where expressions are read; ``open_text``: into OpenDocument, whose lines are elements."""
    made = SandboxedEnvironment(autoescape=autoescape, undefined=StrictUndefined)
    made.filters["lines"] = lines
    if open_text:
        made.finalize = _broken
    return made


def lines(text: str) -> list[str]:
    """Paragraphs of a text, without the blank ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _broken(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup) and "\n" in value:
        return _LINE_BREAK.join(map(escape, value.split("\n")))
    return value


class TemplateRefusedError(InputError):
    """A template of the site’s own that cannot be filled."""

    def __init__(self, name: str, error: Exception) -> None:
        super().__init__(
            problem=f"le modèle « {name} » ne peut pas être rempli : {error}.",
            remedy="corrigez-le, ou retirez-le du dossier des modèles.",
        )


def filled(paper: Paper, context: Context) -> dict[str, Any]:
    """Title, running text and blocks as plain values, for the printer.

    TemplateRefusedError when an expression names what is not there.
    """
    filling = _Filling()
    try:
        return {
            "title": filling.text(paper.title, context),
            "running": filling.text(paper.running, context),
            "blocks": list(filling.blocks(paper.blocks, context)),
        }
    except TemplateError as error:
        raise TemplateRefusedError(paper.title, error) from error


class _Filling:
    """Expressions are compiled once a paper."""

    def __init__(self) -> None:
        self._environment = environment(autoescape=False)
        self._made: dict[str, Any] = {}

    def text(self, text: str, context: Context) -> str:
        if "{" not in text:
            return text
        if text not in self._made:
            self._made[text] = self._environment.from_string(text)
        return str(self._made[text].render(context))

    def value(self, text: str, context: Context) -> Any:
        key = f"= {text}"
        if key not in self._made:
            self._made[key] = self._environment.compile_expression(text, undefined_to_none=False)
        found = self._made[key](**context)
        if isinstance(found, StrictUndefined):
            str(found)  # raises, and names what is missing
        return found

    def blocks(self, blocks: Blocks, context: Context) -> Iterator[dict[str, Any]]:
        for block in blocks:
            yield from self._block(block, context)

    def _block(self, block: Block, context: Context) -> Iterator[dict[str, Any]]:
        match block:
            case Words():
                yield {"kind": block.role, "text": self.text(block.text, context)}
            case Facts():
                pairs = [(label, self.text(text, context)) for label, text in block.facts]
                yield {"kind": "facts", "facts": pairs}
            case Listing():
                yield self._table(block, context)
            case Each():
                for item in self.value(block.each, context):
                    yield from self.blocks(block.blocks, {**context, block.one: item})
            case When():
                if self.value(block.when, context):
                    yield from self.blocks(block.blocks, context)
            case Turn():
                yield {"kind": "turn"}

    def _table(self, block: Listing, context: Context) -> dict[str, Any]:
        rows = [
            [self.text(column.text, {**context, "row": row}) for column in block.columns]
            for row in self.value(block.rows, context)
        ]
        return {
            "kind": "table",
            "heads": [self.text(column.label, context) for column in block.columns],
            "widths": [column.width for column in block.columns],
            "right": [column.right for column in block.columns],
            "rows": rows,
            "total": [self.text(text, context) for text in block.total],
            "room": block.room,
        }
