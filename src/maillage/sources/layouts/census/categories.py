"""Categories of a breakdown: from the codes a file writes to those of a nomenclature."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from maillage.catalog.cards import NomenclatureCard
from maillage.common.french import number
from maillage.sources.layouts.pairs.placing import Breakdown
from maillage.sources.layouts.pairs.values import MICROS, pairs_of

MISSING = "NR"
_BLANKS = {"", "Z", "ZZ", "ZZZ"}  # what the census writes for « sans objet »


def breakdown_of(table: pa.Table, nomenclature: NomenclatureCard) -> tuple[Breakdown, str]:
    """Sums by category of the nomenclature, and a note on the codes it does not know.

    ``table`` has the file's codes in ``category``. What is not known is « non renseigné »: the
    categories of a pair always sum to the pair.
    """
    column = table["category"].combine_chunks().dictionary_encode()
    texts = column.dictionary.to_pylist()
    known = _by_number(nomenclature)
    found = [known.get(_key(text), MISSING) for text in texts]
    at = table.column_names.index("category")
    folded = table.set_column(at, "category", pa.array(found).take(column.indices))
    strange = [t for t, code in zip(texts, found, strict=True) if _is_strange(t, code)]
    categories = tuple(nomenclature.codes)
    note = _note(table, sorted(strange), nomenclature) if strange else ""
    return Breakdown(categories, pairs_of(folded, categories)), note


def _by_number(nomenclature: NomenclatureCard) -> Mapping[str, str]:
    """Category of each code, however many zeros lead it."""
    own = {code: code for code in nomenclature.codes}
    return {_key(text): code for text, code in (own | nomenclature.parents).items()}


def _key(text: str) -> str:
    bare = text.strip().removesuffix(".0")
    return str(int(bare)) if bare.isascii() and bare.isdigit() else bare.upper()


def _is_strange(text: str, code: str) -> bool:
    return code == MISSING and text.strip().upper() not in _BLANKS | {MISSING}


def _note(table: pa.Table, strange: list[str], nomenclature: NomenclatureCard) -> str:
    lost = pc.sum(table["micros"].filter(pc.is_in(table["category"], pa.array(strange)))).as_py()
    return (
        f"{nomenclature.title} : {number(lost / MICROS)} au code inconnu "
        f"({', '.join(strange[:5])}), comptés comme non renseignés."
    )
