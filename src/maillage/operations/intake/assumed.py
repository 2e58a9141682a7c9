"""What a row does not say and is taken for: told beside it, never silently."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.stages import STAGES, by_stage, latest, parted


def assumed(funding: Mapping[str, Decimal]) -> Iterator[str]:
    """Sentences in French; nothing where the row leaves no doubt."""
    for name, stages in by_stage(funding).items():
        if "draft" in stages and len(stages) > 1:
            short, kept = funding_sources()[parted(name)[0]].short, STAGES[latest(stages)]
            yield f"{short} : brouillon non repris, la ligne porte déjà un montant {kept}"
