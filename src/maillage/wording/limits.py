"""What a file cannot say of a territory, in a few sentences: its universe, its secrecy."""

from maillage.common.french import listing
from maillage.engine.dataset import Coverage
from maillage.engine.secrecy import SecrecyStatus
from maillage.observatory.answers.balance import Balance

#: Figures in the order of the page, as a sentence calls them.
_NAMES = {"internal": "les stables", "incoming": "les entrants", "outgoing": "les sortants"}


def limits_text(balance: Balance, net_in_universe: str) -> str:
    """Empty when the file says everything. ``net_in_universe`` is the balance it can tell."""
    sentences = [*_of_universe(balance), *_of_secrecy(balance)]
    if sentences and balance.net is None:
        sentences.append("Le solde n’est pas donné, il serait faux.")
    if sentences and net_in_universe:
        sentences.append(f"Avec les seules communes couvertes, il est de {net_in_universe}.")
    return " ".join(sentences)


def _of_universe(balance: Balance) -> list[str]:
    cited = balance.universe.coverage
    limited = {
        verb: [text for name, text in _NAMES.items() if getattr(cited, name) is coverage]
        for coverage, verb in (
            (Coverage.PARTIAL, "sont des minimums"),
            (Coverage.ABSENT, "n’y sont pas"),
        )
    }
    found = [_sentence(names, verb) for verb, names in limited.items() if names]
    start = f"Ce fichier ne contient que les échanges {balance.universe.label}."
    return [start, *found] if found else []


def _of_secrecy(balance: Balance) -> list[str]:
    if balance.secrecy.status in (SecrecyStatus.PUBLIC, SecrecyStatus.RELEASED):
        return []
    cut = [
        text
        for name, text in _NAMES.items()
        if getattr(balance.secrecy, name).status is SecrecyStatus.INCOMPLETE
    ]
    start = "Le secret statistique interdit de montrer certaines valeurs du fichier."
    return [start, *([_sentence(cut, "sont des minimums")] if cut else [])]


def _sentence(names: list[str], verb: str) -> str:
    text = f"{listing(names)} {verb}."
    return text[0].upper() + text[1:]
