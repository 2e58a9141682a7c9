"""A balance narrowed to the partners a reader chose to see; its totals stay those of all."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from maillage.common.french import counted, number
from maillage.documents.tables.values import Fact
from maillage.observatory.answers.balance import Balance, PartnerBalance

INCOMING, OUTGOING = "entrants", "sortants"
_KEYS = {INCOMING: ("incoming",), OUTGOING: ("outgoing",)}


@dataclass(frozen=True)
class Choice:
    """What is asked of the partners; nothing unless told. ``way`` is entrants or sortants."""

    way: str = ""
    threshold: int = 0
    partner: str = ""

    def narrowed(self, answer: Balance) -> Balance:
        """Partners by decreasing volume in the direction asked, hidden ones kept."""
        keys = _KEYS.get(self.way, ("outgoing", "incoming"))
        kept = [p for p in answer.partners if self._keeps(p, keys)]
        kept.sort(key=_volume(keys), reverse=True)
        return replace(answer, partners=tuple(kept))

    def _keeps(self, partner: PartnerBalance, keys: tuple[str, ...]) -> bool:
        if self.partner:
            return self.partner in (partner.code, partner.id)
        hidden = any(getattr(partner, key) is None for key in keys)
        volume = _volume(keys)(partner)
        return hidden or (volume > 0 and volume >= self.threshold)

    def facts(self, whole: Balance) -> tuple[Fact, ...]:
        """What the choice leaves out, so that nobody takes the part for the whole."""
        left = len(whole.partners) - len(self.narrowed(whole).partners)
        if not left:
            return ()
        said = [f"sens : {self.way}"] * bool(self.way)
        said += [f"seuil : {number(self.threshold)}"] * bool(self.threshold)
        said += [f"partenaire : {self.partner}"] * bool(self.partner)
        others = counted(left, "partenaire n’y est pas", "partenaires n’y sont pas")
        return (Fact("choice", "Choix du lecteur", f"{', '.join(said)} ; {others}", repeated=True),)


def _volume(keys: tuple[str, ...]) -> Callable[[PartnerBalance], float]:
    return lambda partner: sum(getattr(partner, key) or 0.0 for key in keys)
