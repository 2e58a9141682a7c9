"""Figures of a whole mesh: the form, and the file it asks for."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from maillage.catalog.cards import FlowCard, IndicatorCard
from maillage.documents.batch import BATCH_FORMATS, batch_bytes, batch_workbook
from maillage.engine.edition import Edition
from maillage.observatory.level_battery import territory_cards
from maillage.observatory.mesh_file import FIGURES
from maillage.web.asked_batch import USUAL_MESH, asked_batch
from maillage.web.files import name_file
from maillage.web.versions import of_edition
from maillage.web.views.throttle import per_minute


@dataclass(frozen=True)
class Family:
    """A family that has a file, and the indicators that are its own."""

    card: FlowCard
    years: list[int]
    indicators: list[IndicatorCard]


def _limit() -> int:
    return int(settings.BATCHES_PER_MINUTE)


#: The whole of a mesh or of an edition: heavy, and counted together.
limited = per_minute(_limit, "batches")


@of_edition
def batch_page(request: HttpRequest) -> HttpResponse:
    edition = request.edition
    families, common = _families(edition), _common(edition)
    found = {
        "meshes": _meshes(edition),
        "usual": USUAL_MESH,
        "families": families,
        "years": sorted({year for family in families for year in family.years}, reverse=True),
        "figures": FIGURES.items(),
        "common": common,
        "formats": BATCH_FORMATS.values(),
    }
    return render(request, "web/downloads/batch.html", found)


@of_edition
@limited
def batch_file(request: HttpRequest) -> HttpResponse:
    """Sent while it is computed."""
    edition, asked = request.edition, asked_batch(request.GET)
    pieces = batch_bytes(edition, asked.sought, asked.format)
    response = StreamingHttpResponse(pieces, content_type=asked.format.mime)
    name_file(response, f"{batch_workbook(edition, asked.sought).stem}{asked.format.suffix}")
    if asked.format.packed:
        response["Content-Encoding"] = "identity"
    return response


def _meshes(edition: Edition) -> list[tuple[str, str, int]]:
    """Level, label and number of units of the current mesh of each level."""
    geography = edition.geography
    levels = dict.fromkeys(mesh.level for mesh in geography.meshes)
    meshes = [geography.mesh(level) for level in levels]
    return [(mesh.level, mesh.label, len(mesh.codes)) for mesh in meshes]


def _families(edition: Edition) -> list[Family]:
    cards = sorted(edition.catalog.flows.values(), key=lambda card: card.order)
    shared = {card.id for card in _common(edition)}
    found = [(card, edition.flow_years(card.id)) for card in cards]
    return [Family(card, years, _own(edition, card, shared)) for card, years in found if years]


def _own(edition: Edition, card: FlowCard, shared: set[str]) -> list[IndicatorCard]:
    cards = territory_cards(edition, card.id).values()
    return [indicator for indicator in cards if indicator.id not in shared]


def _common(edition: Edition) -> list[IndicatorCard]:
    """Indicators that make sense for every flow."""
    cards = edition.catalog.indicators.values()
    flow = next(iter(edition.catalog.flows))
    known = territory_cards(edition, flow)
    return [card for card in cards if card.id in known and not card.flows]
