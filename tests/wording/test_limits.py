"""The sentences that say what a file does not see."""

from types import SimpleNamespace

from maillage.engine.dataset import Coverage
from maillage.engine.secrecy import SecrecyStatus
from maillage.wording.limits import limits_text

WHOLE, PARTIAL, ABSENT = Coverage.COMPLETE, Coverage.PARTIAL, Coverage.ABSENT


def balance(internal, outgoing, incoming, net=None, secret=SecrecyStatus.PUBLIC):
    seen = SimpleNamespace(internal=internal, outgoing=outgoing, incoming=incoming)
    universe = SimpleNamespace(label="à l’intérieur du département", coverage=seen)
    one = SimpleNamespace(status=secret)
    secrecy = SimpleNamespace(status=secret, internal=one, outgoing=one, incoming=one)
    return SimpleNamespace(universe=universe, secrecy=secrecy, net=net)


def test_nothing_to_say_of_a_whole_universe():
    assert limits_text(balance(WHOLE, WHOLE, WHOLE, net=3.0), "") == ""


def test_both_ways_are_minimums():
    assert limits_text(balance(WHOLE, PARTIAL, PARTIAL), "−12") == (
        "Ce fichier ne contient que les échanges à l’intérieur du département. "
        "Les entrants et les sortants sont des minimums. "
        "Le solde n’est pas donné, il serait faux. "
        "Avec les seules communes couvertes, il est de −12."
    )


def test_each_way_has_its_own_limit():
    text = limits_text(balance(PARTIAL, WHOLE, ABSENT), "")
    assert "Les stables sont des minimums. Les entrants n’y sont pas." in text
    assert "sortants" not in text


def test_secrecy_makes_minimums_too():
    assert limits_text(balance(WHOLE, WHOLE, WHOLE, secret=SecrecyStatus.INCOMPLETE), "") == (
        "Le secret statistique interdit de montrer certaines valeurs du fichier. "
        "Les stables, les entrants et les sortants sont des minimums. "
        "Le solde n’est pas donné, il serait faux."
    )
