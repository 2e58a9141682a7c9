"""The maquette to print: operations by family of funders, in landscape."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from maillage.common.french import listing, typeset
from maillage.documents.pages.printer import pdf
from maillage.documents.standing import PARTIAL, PROGRAMMED, Standing
from maillage.operations.funding_sources import FAMILIES, funding_sources
from maillage.operations.maquette.content import Content, entries
from maillage.operations.maquette.tables import Money, inside, table
from maillage.operations.maquette.taxes import MIXED, maquette_words, mixes
from maillage.operations.money import ZERO, figures, total

OUTSIDE = "Hors contrat, à part"
YEARS: Mapping[Money, str] = {
    "committed": "Engagements (AE) par année",
    "payable": "Paiements prévus (CP) par année",
    "received": "Versements reçus par année",
}
_OWN = "own"
_NAMES: dict[str, str] = dict([*FAMILIES.items(), (_OWN, "Maîtres d’ouvrage")])


def maquette_pdf(content: Content, standing: Standing) -> bytes:
    """A tagged PDF."""
    return pdf("maquette", maquette_content(content, standing))


def maquette_content(content: Content, standing: Standing) -> dict[str, Any]:
    """What the template lays out. Sums only for whoever sees every line."""
    every = content["operations"]
    operations = [item for item in every if not item.get("outside")]
    own = {source.short for source in funding_sources().values() if source.nature == "own"}
    sums = [_by_family(operation, own) for operation in operations]
    out = [item for item in every if item.get("outside")]
    apart = [_by_family(operation, own) for operation in out]
    families = [id for id in _NAMES if any(id in found for found in (*sums, *apart))]
    ending = ("Total", "Reste à trouver") if standing.whole else ()
    return {
        "title": typeset(f"{standing.title} – {standing.contract}"),
        "running": typeset(standing.running),
        "fictional": standing.fictional,
        "kind": standing.kind,
        "moment": standing.moment,
        "digest": standing.digest,
        "heads": ["Coût", *(_NAMES[id] for id in families), *ending],
        "groups": [*_groups(operations, sums, families, standing.whole)],
        "outside": [*_groups(out, apart, families, standing.whole, OUTSIDE)],
        "years": [_years(content, view) for view in YEARS] if standing.whole else [],
        "total": [*_total(operations, sums, families)] if standing.whole and sums else [],
        "notes": [typeset(PROGRAMMED)]
        + ([*maquette_words(content)] if standing.whole else [typeset(PARTIAL)]),
    }


def _groups(
    operations: Sequence[Content],
    sums: Sequence[dict[str, Decimal]],
    families: list[str],
    whole: bool,
    name: str = "",
) -> Iterator[dict[str, Any]]:
    """All under one ``name``, else operations under the orientation they serve, in the order of
    their numbers; its subtotal where every line is seen."""
    pairs = list(zip(operations, sums, strict=True))
    for title in dict.fromkeys(name or operation["orientation"] for operation in operations):
        mine = [pair for pair in pairs if name or pair[0]["orientation"] == title]
        group, found = [pair[0] for pair in mine], [pair[1] for pair in mine]
        yield {
            "title": typeset(title) or "Sans orientation",
            "total": [*_total(group, found, families)] if whole else [],
            "rows": [_row(operation, sums_, families, whole) for operation, sums_ in mine],
        }


def _years(content: Content, view: Money) -> dict[str, Any]:
    """By source and year, operations of the contract alone."""
    found = table(inside(entries(content)), "source", view)
    return {
        "title": YEARS[view],
        "heads": [*(str(year) if year else "Sans année" for year in found.columns), "Total"],
        "rows": [
            {"source": row.key, "amounts": [*map(_shown, (*row.amounts, row.total))]}
            for row in found.rows
        ],
        "total": [*map(_shown, (*found.sums, found.total))],
    }


def _by_family(operation: Content, own: set[str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in operation["lines"]:
        family = _OWN if line["source"] in own else line["family"]
        found[family] = found.get(family, ZERO) + Decimal(line["brings"])
    return found


def _cost(operation: Content) -> Decimal | None:
    """Unknown for a dropped operation too: its money counts no more."""
    both = (operation["investment_cost"], operation["running_cost"])
    known = [Decimal(cost) for cost in both if cost is not None]
    return total(known) if known and operation["status"] != "dropped" else None


def _row(
    operation: Content, found: dict[str, Decimal], families: list[str], whole: bool
) -> dict[str, Any]:
    cost, given = _cost(operation), total(found.values())
    gap = None if cost is None else cost - given
    ending = [_shown(given if found else None), _shown(gap)]
    owners = listing([owner["name"] for owner in operation["owners"]])
    tax = "TTC" if operation["tax"] == "ttc" else ""
    if mixes(operation):
        tax, ending = MIXED, [MIXED, _shown(None)]
    return {
        "number": operation["number"],
        "title": typeset(operation["title"]),
        "owners": typeset(", ".join(filter(None, (owners, tax)))),
        "amounts": [
            *map(_shown, (cost, *(found.get(id) for id in families))), *(ending if whole else ())
        ],
    }  # fmt: skip


def _total(
    operations: Sequence[Content], sums: Sequence[dict[str, Decimal]], families: list[str]
) -> Iterator[str]:
    cost = total(_cost(operation) for operation in operations)
    given = total(total(found.values()) for found in sums)
    gaps = total(
        known - total(found.values())
        for operation, found in zip(operations, sums, strict=True)
        if (known := _cost(operation)) is not None and not mixes(operation)
    )
    yield _shown(cost)
    for id in families:
        brought = [found[id] for found in sums if id in found]
        yield _shown(total(brought) if brought else None)
    yield _shown(given)
    yield _shown(gaps)


def _shown(amount: Decimal | None) -> str:
    return "–" if amount is None else figures(amount)
