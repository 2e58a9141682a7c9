"""What a row does not say and is taken for: told beside it, never silently."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from maillage.operations.funding_sources import funding_sources
from maillage.operations.intake.stages import STAGES, by_stage, latest


def assumed(values: Mapping[str, Any], funding: Mapping[str, Decimal]) -> Iterator[str]:
    """Sentences in French; nothing where the row leaves no doubt."""
    if (funding or values.get("own_funds")) and values.get("running_cost"):
        section = "investissement" if values.get("cost") else "fonctionnement"
        yield f"financements inscrits en {section} : le tableau ne dit pas la section de chacun"
    if values.get("indicators"):
        yield "indicateurs inscrits comme indicateurs de résultat : à revoir dans la fiche"
    for source, stages in by_stage(funding).items():
        if "draft" in stages and len(stages) > 1:
            short, kept = funding_sources()[source].short, STAGES[latest(stages)]
            yield f"{short} : brouillon non repris, la ligne porte déjà un montant {kept}"
