"""What no aggregated census file may be: cut at a hundred, without its diagonal, pasted twice."""

from decimal import Decimal

import numpy as np
import pyarrow.compute as pc

from maillage.common.errors import InputError
from maillage.common.french import counted, percent
from maillage.sources.account import ZERO, Account
from maillage.sources.layouts.pairs.values import Pairs
from maillage.sources.mirror import MatchedFile
from maillage.sources.opening import rows_of
from maillage.sources.tally import FlowRows, Tally

TRUNCATED_AT = 100  # persons: the least flow of the editions made for spreadsheets
ENOUGH = 20  # pairs beyond which a complete file cannot miss small flows, nor its diagonal
MOST_UNPLACED = Decimal("0.1")  # of the total: beyond, the codes are not what the card says


def check_format(file: MatchedFile) -> None:
    """Raises InputError on a workbook: those of the census only hold the flows of 100 or more."""
    if file.entry.is_workbook:
        raise _truncated(file, "le classeur ne garde que les flux d’au moins 100 personnes")


def check_pairs(pairs: Pairs, tally: Tally, rows: FlowRows, file: MatchedFile) -> None:
    """Raises InputError on a truncated edition, and on a pair that is there twice."""
    codes = [_restored(code) for code in pairs.codes]
    names, index = np.unique(codes, return_inverse=True)
    origin, destination = index[pairs.origin], index[pairs.destination]
    _refuse_truncated(tally, bool((origin == destination).any()), file)
    key = origin.astype(np.int64) * len(names) + destination
    once, count = np.unique(key, return_counts=True)
    often = pc.greater(tally.pairs["repeats"], 1).to_numpy()
    if (count > 1).any() or often.any():
        twice = once[count > 1][0] if (count > 1).any() else key[often][0]
        raise _repeated(rows, file, str(names[twice // len(names)]), str(names[twice % len(names)]))


def check_account(account: Account, file: MatchedFile) -> None:
    """Raises InputError when too much of a file lies nowhere to be trusted at all."""
    lost = sum(account.unplaced.values(), ZERO)
    if lost > account.total * MOST_UNPLACED:
        reasons = ", ".join(account.unplaced)
        raise InputError(
            problem=f"{percent(float(lost / account.total))} du total ne se place nulle part "
            f"({reasons}).",
            remedy="vérifiez que les colonnes de codes sont bien des codes officiels de communes, "
            "avec leurs zéros de tête.",
            file=file.name,
        )


def _restored(code: str) -> str:
    bare = code.strip()
    return bare.zfill(5) if len(bare) == 4 and bare.isdigit() else bare


def _refuse_truncated(tally: Tally, has_diagonal: bool, file: MatchedFile) -> None:
    least = pc.min(tally.pairs["least"]).as_py()
    cut = least >= TRUNCATED_AT
    many = tally.pairs.num_rows >= ENOUGH
    if (cut and not has_diagonal) or (many and (cut or not has_diagonal)):
        faults = [f"aucun flux n’est inférieur à {TRUNCATED_AT}"] if cut else []
        faults += [] if has_diagonal else ["aucun flux ne reste dans sa commune"]
        raise _truncated(file, " et ".join(faults), f"{least:g}" if cut else None)


def _truncated(file: MatchedFile, fault: str, value: str | None = None) -> InputError:
    return InputError(
        problem=f"édition tronquée : {fault}. Les petits flux, qui portent une grande part des "
        "personnes, y manquent.",
        remedy="prenez l’édition complète, « base flux » en csv ou en txt, plutôt que celle faite "
        "pour les tableurs.",
        file=file.name,
        column=file.columns.get("weight"),
        value=value,
    )


def _repeated(rows: FlowRows, file: MatchedFile, origin: str, destination: str) -> InputError:
    """No rule tells whether to sum such rows or keep one: the producer never writes them."""
    header = rows.table.header.columns
    at = header.index(file.columns["origin"]), header.index(file.columns["destination"])
    pair = (origin, destination)
    lines = [
        line for line, row in rows_of(rows.table) if tuple(_restored(row[i]) for i in at) == pair
    ]
    return InputError(
        problem=f"le couple de communes {origin} → {destination} figure sur "
        f"{counted(len(lines), 'ligne')} ; un fichier d’origine n’en a jamais qu’une.",
        remedy="supprimez les lignes collées deux fois ; si elles comptent des personnes "
        "différentes, additionnez-les d’abord.",
        file=file.name,
        line=lines[1] if len(lines) > 1 else None,
        column=file.columns["destination"],
        value=destination,
    )
