"""Why a rate, a tie or a rank is not told: the figures it would be made of are not whole."""

from maillage.engine.coverage import FlowCoverage
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import FlowBalance
from maillage.observatory.citation import cite_universe

_CUT = (
    "Champ du fichier de {year} : {covered}. Une partie des échanges du territoire n’y est pas ; "
    "un taux calculé sur le reste serait faux."
)
_HIDDEN = (
    "Le secret statistique masque une partie des échanges du territoire ; "
    "un taux calculé sur le reste serait faux."
)


def why_no_ratio(meta: FlowMeta, coverage: FlowCoverage, balance: FlowBalance) -> str:
    """A French sentence; empty when the exchanges of the territory are all there."""
    if coverage.crossing is not Coverage.COMPLETE:
        covered = cite_universe(meta, coverage).label
        return _CUT.format(year=meta.year, covered=covered)
    hidden = balance.internal.hidden + balance.out_total.hidden + balance.in_total.hidden
    return _HIDDEN if hidden else ""


def why_no_comparison(edition: Edition, meta: FlowMeta) -> str:
    """Why territories cannot be set side by side: some of them are cut, or partly hidden."""
    if not meta.universe.national:
        return "Le fichier ne couvre pas tout le pays : les autres territoires y sont tronqués."
    if hides_cells(edition, meta):
        return "Le secret statistique masque une partie des échanges d’autres territoires."
    return ""


def hides_cells(edition: Edition, meta: FlowMeta) -> bool:
    """True when some cell of a protected file is hidden."""
    if meta.secrecy != "protected":
        return False
    margins = edition.mesh_flow(meta.flow, meta.year, "pays").margins
    return any(margin.total.hidden for margin in margins)
