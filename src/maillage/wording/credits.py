"""A split of credits in French: what it says, what it leaves out, how it is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from maillage.common.french import counted, euros, listing, lowered, number, percent, typeset
from maillage.steering.credits.answer import CreditSplit, TerritoryShare
from maillage.steering.credits.criteria import POPULATION, Criterion

WARNING = (
    "La répartition simulée est à discuter ; ce n’est pas une règle de droit. La loi ne fixe "
    "aucune formule pour partager ces dotations entre les projets d’un département."
)
ELIGIBLE = (
    "La DETR écarte les collectivités les plus peuplées (CGCT, article L.\u00a02334-33) : la "
    "simulation n’en tient pas compte, ni des demandes déposées."
)
FORM = (
    "La forme est celle de l’indice synthétique de ressources et de charges (code général des "
    "collectivités territoriales, article L.\u00a02334-17). Les critères et les poids proposés "
    "sont une hypothèse de Maillage : changez-les."
)
LISTED = (
    "Les montants sont ceux que la liste inscrit dans les départements du périmètre. Un projet "
    "compte dans un territoire quand son bénéficiaire y est compris tout entier."
)


@dataclass(frozen=True)
class Weighed:
    """A criterion that counts: its share of the index, its ratio, where its figures come from."""

    criterion: Criterion
    weight: str
    ratio: str
    origin: str


def weighed(split: CreditSplit) -> list[Weighed]:
    return [
        Weighed(one, weight_text(weight), ratio_text(one), origin(one, split.cog))
        for one, weight in zip(split.criteria, split.weights, strict=True)
    ]


def weight_text(share: float) -> str:
    """« 50 % », « 62,5 % »: a decimal where there is one to show."""
    return percent(share, 0 if round(1000 * share) % 10 == 0 else 1)


def ratio_text(one: Criterion) -> str:
    if one.id == POPULATION:
        return "1 pour tous"
    return "valeur ÷ moyenne" if one.high else "moyenne ÷ valeur"


def origin(one: Criterion, cog: int) -> str:
    """Producer, file and year; the geography for what it tells itself."""
    if one.file is None:
        return f"Population municipale et géographie au 1er janvier {cog}"
    producer = f"{one.file.producer}, " if one.file.producer else ""
    return f"{producer}{one.file.title}, {one.year}"


def programmes_text(split: CreditSplit) -> str:
    """« DETR et DSIL »."""
    return listing(split.programmes)


def unequal_text(split: CreditSplit) -> str:
    """How to read the index of inequality, with that of the simulation beside it."""
    beside = (
        f" La simulation donnerait {number(split.simulated_gini, 2)}."
        if split.simulated_gini is not None
        else ""
    )
    return f"De 0, le même montant par habitant partout, à 1, tout à un seul.{beside}"


def moved_text(split: CreditSplit) -> str:
    part = float(split.moved / split.simulated) if split.simulated else None
    return f"{percent(part, 0)} des {euros(float(split.simulated))} que la simulation répartit"


def empty_text(split: CreditSplit) -> str:
    """Who lives where nothing went."""
    people = sum(one.inhabitants or 0 for one in split.empty)
    if not split.empty:
        return "Chaque territoire a reçu au moins une subvention."
    part = people / split.inhabitants if split.inhabitants else None
    return f"{counted(people, 'habitant')}, {percent(part)} de la population du périmètre"


def missing_text(one: TerritoryShare) -> str:
    """Why a territory has no simulation."""
    return f"inconnu : {listing([lowered(title) for title in one.missing])}"


def said(one: TerritoryShare) -> str:
    """A territory in a sentence, for whoever points at it on the map."""
    head = f"{one.name} : {euros(float(one.subsidy))}" if one.count else f"{one.name} : rien reçu"
    per = one.per_inhabitant
    told = f"{head}, {number(per, 1)} € par habitant" if one.count and per is not None else head
    if one.gap is None:
        return typeset(told)
    way = "de plus" if one.gap >= 0 else "de moins"
    return typeset(f"{told} ; la simulation donnerait {euros(abs(float(one.gap)))} {way}")


def notes(split: CreditSplit) -> Iterator[str]:
    """What a file says under its table."""
    yield LISTED
    yield from (
        f"{one.title} : {counted(one.count, 'projet')}, {euros(float(one.subsidy))}, non répartis."
        for one in split.apart
    )
    yield f"Simulation : part = habitants × indice ; indice = {formula_text(split)}. {FORM}"
    yield WARNING
    yield ELIGIBLE
    if split.unsimulated:
        names = listing([one.name for one in split.unsimulated])
        yield f"Hors simulation, faute d’un chiffre : {names}."


def formula_text(split: CreditSplit) -> str:
    """« 50 % × 1 + 20 % × (moyenne ÷ niveau de vie médian) »."""
    return " + ".join(
        f"{weight_text(weight)} × {_term(one)}"
        for one, weight in zip(split.criteria, split.weights, strict=True)
    )


def _term(one: Criterion) -> str:
    name = lowered(one.title)
    if one.id == POPULATION:
        return "1"
    return f"({name} ÷ moyenne)" if one.high else f"(moyenne ÷ {name})"
