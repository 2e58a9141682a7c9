"""The shapes of files, one module each: ``layouts/<layout>.py``, named by the card's ``layout``.

A layout is a module with one function, ``read(file, context) -> Reading``. It raises InputError
when the file cannot be used: the file is then refused whole, its reason recorded, the others
still make an edition. A module that sets ``DERIVED = True`` is read after all the others (the
wage estimate needs the commuters): ``needed(cells, file, context)`` tells what it wants of each
flow that is written, and it finds these in ``context.flows``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from maillage.catalog.load import Catalog
from maillage.engine.dataset import FlowCells, GrantList, LevelFlow, StockValues
from maillage.sources.account import Account
from maillage.sources.batch import Batch
from maillage.sources.mirror import MatchedFile

if TYPE_CHECKING:
    from maillage.sources.references import GeographyBundle

Progress = Callable[[str], None]  # told, in French, what is being done


@dataclass(frozen=True, eq=False)
class Reading:
    """What one file gave: values for the edition, and the account of its rows."""

    file: MatchedFile
    values: tuple[FlowCells | LevelFlow | StockValues | GrantList, ...]
    account: Account


@dataclass(frozen=True, eq=False)
class Context:
    """What a layout may use besides its file. ``workdir`` is emptied when the build ends."""

    catalog: Catalog
    bundle: "GeographyBundle"
    batch: Batch
    workdir: Path
    progress: Progress
    files: tuple[MatchedFile, ...] = ()  # all those recognised: companions to join
    flows: tuple[FlowCells, ...] = ()  # derived layouts: what they need of the flows read before

    def companions(self, card: str) -> tuple[MatchedFile, ...]:
        """The files recognised by another card (stock of establishments, wages…)."""
        return tuple(file for file in self.files if file.card.id == card)


class Layout(Protocol):
    """What a module of this package offers."""

    def read(self, file: MatchedFile, context: Context) -> Reading: ...


class DerivedLayout(Layout, Protocol):
    """What a module read after the others offers besides."""

    def needed(self, cells: FlowCells, file: MatchedFile, context: Context) -> FlowCells | None: ...


def layout_of(file: MatchedFile) -> Layout:
    """The module that reads this file. ModuleNotFoundError for a card that names none."""
    return cast(Layout, import_module(f"{__name__}.{file.card.layout}"))


def derived_layout_of(file: MatchedFile) -> DerivedLayout | None:
    """The module of a file that is read after the others; None for the others."""
    layout = layout_of(file)
    return cast(DerivedLayout, layout) if getattr(layout, "DERIVED", False) else None
