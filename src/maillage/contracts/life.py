"""Where a contract may go from where it is, and everything that keeps it from going there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from maillage.common.french import listing, long_date
from maillage.contracts.tables import ACTS, KINDS, STEPS, Binding, Step


@dataclass(frozen=True)
class Facts:
    """What guards look at, on a given day. Names are those of organisations."""

    status: str
    today: date
    kind: str = "crte"
    perimeter: str = ""
    lead: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state_of_play: bool = False
    orientations: int = 0
    parties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by capacity
    method_signed: frozenset[str] = frozenset()
    text_frozen: bool = False
    signed: frozenset[str] = frozenset()  # the text that waits for signatures
    required: tuple[str, ...] = ()
    to_confirm: tuple[str, ...] = ()
    unbound: tuple[str, ...] = ()  # EPCI that own or pay, each with what it does
    has_successor: bool = False
    avenant_open: bool = False
    avenant_authority: bool = False
    avenant_changes: int = 0


@dataclass(frozen=True)
class NextStep:
    """A step from the present status; ``blocked`` lists all that is missing, in French."""

    step: Step
    blocked: tuple[str, ...]


def next_steps(facts: Facts) -> list[NextStep]:
    """Every step that leaves the present status, in the order of the table."""
    return [
        NextStep(step, missing(step.guards, facts))
        for step in STEPS.values()
        if facts.status in step.sources
    ]


def missing_for(act: str, facts: Facts) -> tuple[str, ...]:
    """What keeps an act that changes no status from being done."""
    return missing(ACTS[act], facts)


def missing(guards: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    return tuple(sentence for name in guards if (sentence := GUARDS[name](facts)))


def _perimeter_is_set(facts: Facts) -> str:
    return "" if facts.perimeter else "Le périmètre n’est pas arrêté."


def _lead_is_named(facts: Facts) -> str:
    return "" if facts.lead else "La collectivité qui porte le contrat n’est pas dite."


def _dates_are_set(facts: Facts) -> str:
    known = facts.starts_on and facts.ends_on
    return "" if known else "Les dates de début et de fin ne sont pas dites."


def _method_is_signed(facts: Facts) -> str:
    """By the State and one of the others; without the State, by two of them."""
    state = set(facts.parties.get("state", ()))
    others = facts.method_signed - state
    if not KINDS[facts.kind].with_state:
        lacks = [] if len(facts.method_signed) > 1 else ["d’au moins deux parties"]
    else:
        lacks = [] if state & facts.method_signed else ["de l’État"]
        lacks += [] if others else ["du représentant des collectivités"]
    return f"L’accord de méthode attend la signature {listing(lacks)}." if lacks else ""


def _binding_parties_are_there(facts: Facts) -> str:
    rules = KINDS[facts.kind].binds
    return " ".join(rule.absent for rule in rules if len(_among(rule, facts)) < rule.least)


def _paying_epcis_sign_themselves(facts: Facts) -> str:
    return " ".join(f"{told} : sa signature est à requérir." for told in facts.unbound)


def _parties_are_confirmed(facts: Facts) -> str:
    names = facts.to_confirm
    return f"Il reste à confirmer, parmi les parties reprises : {listing(names)}." if names else ""


def _state_of_play_is_written(facts: Facts) -> str:
    return "" if facts.state_of_play else "L’état des lieux n’est pas écrit."


def _strategy_has_an_orientation(facts: Facts) -> str:
    return "" if facts.orientations else "La stratégie ne compte aucune orientation."


def _text_is_frozen(facts: Facts) -> str:
    return "" if facts.text_frozen else "Le texte à signer n’est pas arrêté."


def _binding_parties_have_signed(facts: Facts) -> str:
    rules = KINDS[facts.kind].binds
    lacking = (r for r in rules if len(_among(r, facts) & facts.signed) < r.least)
    return " ".join(rule.unsigned for rule in lacking)


def _among(rule: Binding, facts: Facts) -> set[str]:
    return {name for capacity in rule.any for name in facts.parties.get(capacity, ())}


def _every_required_party_has_signed(facts: Facts) -> str:
    waiting = [name for name in facts.required if name not in facts.signed]
    of = "la signature de" if len(waiting) == 1 else "les signatures de"
    return f"Il manque {of} {listing(waiting)}." if waiting else ""


def _end_is_past(facts: Facts) -> str:
    if facts.ends_on and facts.ends_on < facts.today:
        return ""
    return f"Le contrat court jusqu’au {long_date(facts.ends_on)}." if facts.ends_on else ""


def _successor_exists(facts: Facts) -> str:
    return "" if facts.has_successor else "Aucun contrat ne dit prendre la suite de celui-ci."


def _no_avenant_is_open(facts: Facts) -> str:
    return "Un avenant est en cours : menez-le à terme ou abandonnez-le." * facts.avenant_open


def _avenant_has_an_authority(facts: Facts) -> str:
    return "" if facts.avenant_authority else "Aucune décision ne fonde l’avenant."


def _avenant_changes_something(facts: Facts) -> str:
    return "" if facts.avenant_changes else "L’avenant ne change rien au texte en vigueur."


GUARDS: Mapping[str, Callable[[Facts], str]] = {
    "perimeter_is_set": _perimeter_is_set,
    "lead_is_named": _lead_is_named,
    "dates_are_set": _dates_are_set,
    "method_is_signed": _method_is_signed,
    "binding_parties_are_there": _binding_parties_are_there,
    "paying_epcis_sign_themselves": _paying_epcis_sign_themselves,
    "parties_are_confirmed": _parties_are_confirmed,
    "state_of_play_is_written": _state_of_play_is_written,
    "strategy_has_an_orientation": _strategy_has_an_orientation,
    "text_is_frozen": _text_is_frozen,
    "binding_parties_have_signed": _binding_parties_have_signed,
    "every_required_party_has_signed": _every_required_party_has_signed,
    "every_required_party_has_signed_the_avenant": _every_required_party_has_signed,
    "end_is_past": _end_is_past,
    "successor_exists": _successor_exists,
    "no_avenant_is_open": _no_avenant_is_open,
    "avenant_has_an_authority": _avenant_has_an_authority,
    "avenant_changes_something": _avenant_changes_something,
}
