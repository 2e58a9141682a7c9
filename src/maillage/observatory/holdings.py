"""What an edition holds: flows, stocks, meshes, each with what its files say of themselves."""

from importlib.metadata import version

from maillage.common.french import listing
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.observatory.answers.edition import EditionHeld, FlowHeld, MeshHeld, StockHeld
from maillage.observatory.citation import UnitCited, cite_file, cite_unit
from maillage.territory.geography import Mesh


def holdings(edition: Edition) -> EditionHeld:
    geography = edition.geography
    return EditionHeld(
        id=edition.id,
        software=f"maillage {version('maillage')}",
        cog=geography.cog,
        country=geography.country,
        fictional=edition.fictional,
        communes=geography.n_communes,
        meshes=tuple(_mesh(edition, mesh) for mesh in geography.meshes),
        flows=tuple(_flow(edition, meta) for meta in edition.flows()),
        stocks=tuple(_stock(edition, stock) for stock in edition.stocks()),
    )


def _flow(edition: Edition, meta: FlowMeta) -> FlowHeld:
    card = edition.catalog.flows.get(meta.flow)
    scopes = [scope.label for scope in meta.universe.scopes]
    return FlowHeld(
        flow=meta.flow,
        title=meta.flow if card is None else card.title,
        year=meta.year,
        unit=cite_unit(edition, meta),
        question=meta.question,
        universe="ensemble du pays" if meta.universe.national else listing(scopes),
        excludes=meta.universe.excludes,
        secrecy=meta.secrecy,
        estimated=meta.estimated,
        fictional=meta.fictional or edition.fictional,
        dimensions=tuple(sorted(edition.dimensions(meta.flow, meta.year))),
        files=tuple(cite_file(edition, file) for file in meta.sources),
    )


def _stock(edition: Edition, stock: str) -> StockHeld:
    card = edition.catalog.stocks.get(stock)
    unit = UnitCited("", "") if card is None else UnitCited(card.unit, card.unit_label)
    title = stock if card is None else card.title
    return StockHeld(stock, title, unit, tuple(edition.stock_years(stock)))


def _mesh(edition: Edition, mesh: Mesh) -> MeshHeld:
    current = edition.geography.mesh(mesh.level) is mesh
    return MeshHeld(
        level=mesh.level,
        label=mesh.label,
        year=mesh.year,
        units=len(mesh.codes),
        partition=mesh.partition,
        contours=current and mesh.level in edition.manifest["geometry"],
        source=mesh.source,
    )
