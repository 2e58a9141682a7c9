"""What the State is told of a contract, in the vocabulary it shares with the collectivités.

Field names, phases and statuses are those of the API Collectivités (decision « STATUS » of 19 March
2025). No personal data: neither names of people, nor free texts where there could be some. Lines of
money are those open to the services of the State, and no others.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from maillage.contracts.models import Contract
from maillage.documents.writers.text_rows import neutral
from maillage.operations.models import FundingLine
from maillage.operations.money import total
from maillage.operations.portfolio import Reviewed
from maillage.operations.vocabulary import words

OPEN = ("state", "public")
FIELDS = (
    *("externalId", "crteId", "crteAnneeInscription", "crteOrientationStrategique", "numero"),
    *("nom", "phase", "phaseStatut", "porteur", "porteurSiren", "copiloteSirens", "communes"),
    *("budgetPrevisionnel", "taxes", "dateDebutPrevisionnelle", "dateFinPrevisionnelle"),
    *("priorite", "estFicheAction"),
)


def returned(
    contract: Contract, rows: Iterable[Reviewed], years: Mapping[str, int]
) -> list[dict[str, Any]]:
    """One record an operation of the contract; those « hors CRTE » are left out.

    ``years``: when each was first inscribed, by key; None where it is in no text yet.
    """
    return [_record(contract, row, years) for row in rows if not row.operation.outside]


def return_json(records: list[dict[str, Any]]) -> bytes:
    return json.dumps(records, ensure_ascii=False, indent=1).encode()


def return_csv(records: list[dict[str, Any]]) -> bytes:
    """Commas and points, as programs read; lists hold spaces. An apostrophe precedes a text that a
    spreadsheet would run."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, FIELDS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for record in records:
        writer.writerow({name: _flat(record[name]) for name in FIELDS})
    return stream.getvalue().encode()


def _flat(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(value) if isinstance(value, list) else value
    return neutral(text) if isinstance(text, str) else text


def _record(contract: Contract, row: Reviewed, years: Mapping[str, int]) -> dict[str, Any]:
    operation = row.operation
    bodies = [item.organisation for item in operation.pilots.all()]
    node = operation.orientation
    return {
        "externalId": str(operation.key),
        "crteId": contract.code,
        "crteAnneeInscription": years.get(str(operation.key)),
        "crteOrientationStrategique": node.title if node else None,
        "numero": operation.number,
        "nom": operation.title,
        "phase": words("phase")[operation.phase].shared,
        "phaseStatut": words("status")[operation.status].shared,
        "porteur": bodies[0].name if bodies else None,
        "porteurSiren": bodies[0].siren or None if bodies else None,
        "copiloteSirens": [body.siren for body in bodies[1:] if body.siren],
        "communes": list(operation.communes),
        "budgetPrevisionnel": _euros(row.cost),
        "taxes": operation.tax.upper(),
        "dateDebutPrevisionnelle": _day(operation.starts_on),
        "dateFinPrevisionnelle": _day(operation.ends_on),
        "priorite": words("priority")[operation.priority].title,
        "estFicheAction": operation.stage == "action",
        "financements": [_line(line) for line in row.lines if _is_open(line)],
    }


def _is_open(line: FundingLine) -> bool:
    return line.kind == "programme" and line.level in OPEN


def _line(line: FundingLine) -> dict[str, Any]:
    return {
        "dispositif": line.source_label,
        "montantDemande": _euros(line.asked),
        "montantAccorde": _euros(line.agreed if line.agreed is not None else line.notified),
        "montantVerse": _euros(total(item.amount for item in line.payments.all())),
    }


def _euros(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()
