"""A paper as blocks of text with Jinja expressions: the one writing of its words."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FORMS = Path(__file__).parent / "forms"


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Block):
    """A paragraph; ``as`` says what it is."""

    role: Literal[
        "band",
        "title",
        "lead",
        "heading",
        "subheading",
        "item",
        "text",
        "small",
        "bullet",
        "note",
        "subbullet",
    ] = Field(alias="as")
    text: str


class Facts(_Block):
    """Pairs of a label and a text, in two columns; a pair whose text is empty still shows."""

    facts: tuple[tuple[str, str], ...]


class Column(_Block):
    """``width`` shares that of the table."""

    label: str
    text: str
    width: float = 1
    right: bool = False


class Listing(_Block):
    """A table: a row for each ``row`` of ``rows``; ``total`` closes it, one text a column.

    ``room`` is the least height of a row, in centimetres, where people write by hand.
    """

    rows: str
    columns: tuple[Column, ...]
    total: tuple[str, ...] = ()
    room: float = 0


class Each(_Block):
    """The blocks again for each ``one`` of ``each``."""

    each: str
    one: str
    blocks: "tuple[Block, ...]"


class When(_Block):
    """The blocks only where ``when`` holds."""

    when: str
    blocks: "tuple[Block, ...]"


class Turn(_Block):
    """A new page."""

    turn: Literal["page"]


Block = Annotated[Words | Facts | Listing | Each | When | Turn, Field(union_mode="left_to_right")]
Each.model_rebuild()
When.model_rebuild()


class Paper(_Block):
    """``title`` and ``running`` (at the foot of pages) are texts with expressions too."""

    title: str
    running: str
    blocks: tuple[Block, ...]


def read_paper(name: str, folder: Path | None = None) -> Paper:
    """The form ``name``; that of the site’s own ``folder`` when it has one."""
    own = None if folder is None else folder / f"{name}.yaml"
    path = own if own is not None and own.is_file() else FORMS / f"{name}.yaml"
    return Paper.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


Context = Mapping[str, object]
Blocks = Sequence[Block]
