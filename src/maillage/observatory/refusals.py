"""Why a rate, a tie or a rank is not told, or told with care: its figures are not whole."""

from maillage.common.french import counted
from maillage.engine.coverage import FlowCoverage
from maillage.engine.dataset import Coverage, FlowMeta
from maillage.engine.edition import Edition
from maillage.engine.flows import FlowBalance
from maillage.observatory.citation import cite_universe

_CUT = (
    "Champ du fichier de {year} : {covered}. Une partie des échanges du territoire n’y est pas ; "
    "un taux calculé sur le reste serait faux."
)


def why_no_ratio(meta: FlowMeta, coverage: FlowCoverage) -> str:
    """A French sentence; empty when the file covers all the exchanges of the territory."""
    if coverage.crossing is Coverage.COMPLETE:
        return ""
    covered = cite_universe(meta, coverage).label
    return _CUT.format(year=meta.year, covered=covered)


def hidden_note(balance: FlowBalance) -> str:
    """What to say beside figures made of released cells only; empty when nothing is hidden."""
    hidden = balance.internal.hidden + balance.out_total.hidden + balance.in_total.hidden
    if not hidden:
        return ""
    cells = counted(hidden, "échange masqué", "échanges masqués")
    return f"Calculé sans {cells} par le secret statistique : la valeur exacte peut en différer."


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
