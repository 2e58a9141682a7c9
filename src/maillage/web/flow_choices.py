"""What the form of a flow page offers, and what is chosen in it."""

from dataclasses import dataclass

from maillage.catalog.cards import FlowCard
from maillage.common.french import lowered
from maillage.engine.edition import Edition
from maillage.observatory.answers.flow import Flow
from maillage.observatory.breakdowns import dimension_names
from maillage.observatory.citation import level_label
from maillage.observatory.exchanges import level_years
from maillage.territory.units import COMMUNE
from maillage.web.asked_flow import WAYS, FlowQuery
from maillage.web.choosing import Option


@dataclass(frozen=True)
class Group:
    """Options under one title."""

    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Choices:
    """``summary`` says in a few words what is chosen."""

    years: tuple[Option, ...]
    meshes: tuple[Option, ...]
    ways: tuple[Option, ...]
    categories: tuple[Group, ...]
    threshold: int
    summary: str


def choices(edition: Edition, card: FlowCard, query: FlowQuery, flow: Flow) -> Choices:
    """Years from the newest; meshes without overlap; categories that the file of the year has."""
    balance = flow.balance
    years = sorted({*edition.flow_years(card.id), *level_years(edition, card.id)}, reverse=True)
    return Choices(
        years=tuple(Option(str(year), str(year), year == balance.year) for year in years),
        meshes=_meshes(edition, balance.mesh),
        ways=tuple(Option(way, label, way == query.way) for way, label in WAYS.items()),
        categories=_categories(edition, flow),
        threshold=flow.threshold,
        summary=_summary(edition, query, flow),
    )


def _meshes(edition: Edition, chosen: str) -> tuple[Option, ...]:
    """The commune first, then in the order of the geography."""
    levels = dict.fromkeys(mesh.level for mesh in edition.geography.meshes if mesh.partition)
    return tuple(
        Option(level, level_label(edition, level), level == chosen) for level in (COMMUNE, *levels)
    )


def _categories(edition: Edition, flow: Flow) -> tuple[Group, ...]:
    key = (flow.balance.flow, flow.balance.year)
    if [*key] not in edition.manifest["flows"]:
        return ()
    meta, groups = edition.meta(*key), []
    for dimension, codes in edition.dimensions(*key).items():
        title, labels = dimension_names(edition, meta, dimension)
        chosen = flow.category.code if _is(flow, dimension) and flow.category else ""
        options = (Option(f"{dimension}:{c}", labels.get(c, c), c == chosen) for c in codes)
        groups.append(Group(title, tuple(options)))
    return tuple(groups)


def _is(flow: Flow, dimension: str) -> bool:
    return flow.category is not None and flow.category.dimension == dimension


def _summary(edition: Edition, query: FlowQuery, flow: Flow) -> str:
    mesh = level_label(edition, flow.balance.mesh)
    parts = [str(flow.balance.year), f"par {lowered(mesh)}"]
    parts += [WAYS[query.way].lower()] if query.way else []
    parts += [flow.category.label] if flow.category else []
    parts += [f"à partir de {flow.threshold}"] if flow.threshold else []
    return ", ".join(parts)
