"""Figures of every unit of a mesh, family after family and year after year: one line a figure.

Nothing is computed for one unit that is not computed for all: margins are read, the battery is
evaluated at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import listing
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.observatory.answers.mesh_figures import FileOfFigures, MeshFigures, UnitFigure
from maillage.observatory.asked import flow_card
from maillage.observatory.citation import cite_source
from maillage.observatory.level_battery import territory_cards
from maillage.observatory.mesh_file import FIGURES, mesh_file
from maillage.territory.geography import Mesh


@dataclass(frozen=True)
class Sought:
    """What to give: a mesh, families, years (none: the newest of each), figures and indicators.

    Without figure nor indicator, the four figures of a balance.
    """

    level: str
    flows: tuple[str, ...]
    years: tuple[int, ...] = ()
    indicators: tuple[str, ...] = ()


def whole_mesh(edition: Edition, sought: Sought) -> Iterator[UnitFigure]:
    """By family, year, figure then unit. NotFoundError and InputError come before the first."""
    return _figures(edition, sought.level, _blocks(edition, sought))


def mesh_figures(
    edition: Edition, sought: Sought, offset: int, limit: int
) -> tuple[MeshFigures, int]:
    """Figures ``offset`` to ``offset + limit`` of the same list, and how many it has in all.

    Only the figures that hold them are computed. Errors: see ``whole_mesh``.
    """
    blocks, mesh = _blocks(edition, sought), _mesh(edition, sought.level)
    first, skipped = divmod(offset, len(mesh.codes))
    rows = _figures(edition, sought.level, blocks[first:])
    answer = MeshFigures(
        edition=edition.id,
        cog=edition.geography.cog,
        fictional=edition.fictional,
        level=mesh.level,
        level_label=mesh.label,
        files=files_of(edition, sought),
        figures=tuple(islice(rows, skipped, skipped + limit)),
    )
    return answer, len(blocks) * len(mesh.codes)


def expected(edition: Edition, sought: Sought) -> int:
    """How many figures ``whole_mesh`` will give."""
    return len(_blocks(edition, sought)) * len(_mesh(edition, sought.level).codes)


def files_of(edition: Edition, sought: Sought) -> tuple[FileOfFigures, ...]:
    """The files that the figures are read from."""
    metas = dict.fromkeys(meta for meta, _ in _blocks(edition, sought))
    cards = edition.catalog.flows
    return tuple(
        FileOfFigures(meta.flow, cards[meta.flow].title, meta.year, cite_source(edition, meta))
        for meta in metas
    )


def _figures(
    edition: Edition, level: str, blocks: Sequence[tuple[FlowMeta, str]]
) -> Iterator[UnitFigure]:
    for meta, id in blocks:
        yield from mesh_file(edition, level, meta.flow, meta.year).figures(id)


def _blocks(edition: Edition, sought: Sought) -> list[tuple[FlowMeta, str]]:
    """Each file and figure asked of it: every one gives a line a unit."""
    _mesh(edition, sought.level)
    cards = [flow_card(edition, flow).id for flow in sought.flows]
    chosen = sought.indicators or tuple(FIGURES)
    _check(edition, cards, chosen)
    metas = [meta for flow in cards for meta in _metas(edition, flow, sought.years)]
    if not metas:
        raise NotFoundError("Aucune de ces familles n’a de fichier pour ces années.")
    return [(meta, id) for meta in metas for id in _of_flow(edition, meta.flow, chosen)]


def _mesh(edition: Edition, level: str) -> Mesh:
    known = sorted({mesh.level for mesh in edition.geography.meshes})
    if level not in known:
        raise NotFoundError(
            f"La maille « {level[:40]} » est inconnue. Mailles possibles : {listing(known)}."
        )
    return edition.geography.mesh(level)


def _check(edition: Edition, flows: list[str], chosen: tuple[str, ...]) -> None:
    known = {id for flow in flows for id in territory_cards(edition, flow)} | set(FIGURES)
    unknown = [id for id in chosen if id not in known]
    if unknown:
        raise InputError(
            problem="aucune de ces familles n’a cet indicateur.",
            remedy="la page Méthode donne le code de chacun.",
            value=unknown[0],
        )


def _of_flow(edition: Edition, flow: str, chosen: tuple[str, ...]) -> list[str]:
    cards = territory_cards(edition, flow)
    return [id for id in chosen if id in FIGURES or id in cards]


def _metas(edition: Edition, flow: str, years: tuple[int, ...]) -> list[FlowMeta]:
    known = edition.flow_years(flow)
    kept = [year for year in known if year in years] if years else known[-1:]
    return [edition.meta(flow, year) for year in kept]
