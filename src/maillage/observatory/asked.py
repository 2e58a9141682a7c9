"""What a question names: a territory, a flow, a year, a mesh. French errors when there is none."""

from maillage.catalog.cards import FlowCard
from maillage.common.errors import InputError, NotFoundError
from maillage.common.french import listing
from maillage.engine.dataset import FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.mesh_flow import partner_level
from maillage.engine.partners import Partners
from maillage.territory.perimeter import Perimeter


def flow_card(edition: Edition, flow: str) -> FlowCard:
    """The card of a flow, by its id or its French slug. NotFoundError when there is none."""
    cards = edition.catalog.flows
    found = cards.get(flow) or next((c for c in cards.values() if c.slug == flow), None)
    if found is None:
        raise NotFoundError(f"Le flux « {flow} » est inconnu. Flux connus : {listing([*cards])}.")
    return found


def flow_meta(edition: Edition, flow: str, year: int | None = None) -> FlowMeta:
    """The file of a flow, the newest unless a year is given. NotFoundError when there is none."""
    card = flow_card(edition, flow)
    years = edition.flow_years(card.id)
    if not years:
        raise NotFoundError(f"Ce millésime n’a aucun fichier pour « {card.title} ».")
    if year is not None and year not in years:
        raise NotFoundError(
            f"Ce millésime n’a pas « {card.title} » en {year}. "
            f"Années présentes : {listing([str(y) for y in years])}."
        )
    return edition.meta(card.id, years[-1] if year is None else year)


def partners_asked(edition: Edition, perimeter: Perimeter, mesh: str | None) -> Partners:
    """Partners on the mesh asked, or on the usual one for this territory.

    NotFoundError when the edition lacks the mesh, InputError when its units overlap.
    """
    level = mesh or partner_level(edition.geography, perimeter.level)
    try:
        return edition.partners(level)
    except KeyError as error:
        known = sorted({m.level for m in edition.geography.meshes if m.partition})
        raise NotFoundError(
            f"La maille « {level} » est inconnue. "
            f"Mailles possibles : {listing(['commune', *known])}."
        ) from error
    except ValueError as error:
        raise InputError(
            problem="les territoires de cette maille se chevauchent : "
            "un même échange y compterait deux fois.",
            remedy="choisissez une maille sans chevauchement, « epci » par exemple.",
            value=level,
        ) from error
