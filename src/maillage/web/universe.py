"""What the limits of a file do to the figures of a territory, in a few sentences."""

from maillage.common.french import listing
from maillage.engine.dataset import Coverage
from maillage.observatory.answers.balance import Balance

#: Figures in the order of the page, as a sentence calls them.
_NAMES = {"internal": "les stables", "incoming": "les entrants", "outgoing": "les sortants"}


def universe_text(balance: Balance, net_in_universe: str) -> str:
    """Empty when the file sees everything. ``net_in_universe`` is the balance it can tell."""
    universe = balance.universe
    minimums = _named(balance, Coverage.PARTIAL)
    missing = _named(balance, Coverage.ABSENT)
    if not minimums and not missing:
        return ""
    sentences = [f"Ce fichier ne contient que les échanges {universe.label}."]
    if minimums:
        sentences.append(_sentence(minimums, "sont des minimums"))
    if missing:
        sentences.append(_sentence(missing, "n’y sont pas"))
    if balance.net is None:
        sentences.append("Le solde n’est pas donné, il serait faux.")
    if net_in_universe:
        sentences.append(f"Avec les seules communes couvertes, il est de {net_in_universe}.")
    return " ".join(sentences)


def _named(balance: Balance, coverage: Coverage) -> list[str]:
    cited = balance.universe.coverage
    return [text for name, text in _NAMES.items() if getattr(cited, name) is coverage]


def _sentence(names: list[str], verb: str) -> str:
    text = f"{listing(names)} {verb}."
    return text[0].upper() + text[1:]
