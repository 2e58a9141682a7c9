"""Which two vintages of a flow may be compared."""

from maillage.engine.dataset import FlowMeta

#: A census vintage pools five yearly surveys: nearer ones share some of them.
CENSUS_GAP = 5


def why_not_comparable(first: FlowMeta, last: FlowMeta) -> str | None:
    """Why two vintages must not be put side by side, in French; None when they may."""
    if first.question != last.question:
        return (
            "La question posée a changé entre ces deux millésimes : "
            "leurs résultats ne se comparent pas."
        )
    if (first.census or last.census) and abs(last.year - first.year) < CENSUS_GAP:
        return (
            "Deux millésimes du recensement se comparent à cinq ans d’écart au moins : "
            "plus proches, ils partagent une partie de leurs enquêtes."
        )
    if first.unit != last.unit:
        return "Ces deux millésimes ne comptent pas la même chose."
    return None
