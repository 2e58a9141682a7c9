"""The columns of the stock of establishments that flows need, in SQL.

Only these are read: no name, no address beyond the commune.
"""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from maillage.catalog.load import Catalog
from maillage.sources.batch import Batch, identifier
from maillage.sources.layouts import Context
from maillage.sources.layouts.pairs.placing import Breakdown
from maillage.sources.layouts.pairs.values import Pairs, pairs_of
from maillage.sources.mirror import MatchedFile
from maillage.sources.quantities import sql_text
from maillage.sources.texts import TextTable

_HIDDEN = "[ND]"  # what partial diffusion writes
_NAF = "NAFRev2"


def text(file: MatchedFile, role: str) -> str:
    """The column of a role; an empty text where it is missing, masked or absent."""
    if role not in file.columns:
        return "''"
    column = f"TRIM(COALESCE({identifier(file.columns[role])}, ''))"
    return f"CASE WHEN {column} = {sql_text(_HIDDEN)} THEN '' ELSE {column} END"


def number(file: MatchedFile, role: str) -> str:
    """A SIREN or SIRET as a whole number; the engine gives up on one that a spreadsheet rounded."""
    digits = text(file, role)
    return (
        f"CASE WHEN {digits} <> '' AND TRANSLATE({digits}, '0123456789', '') = '' "
        f"THEN CAST({digits} AS BIGINT) ELSE raise_error('SIREN, SIRET') END"
    )


def place(file: MatchedFile) -> str:
    """The commune, else the country abroad, else an empty text."""
    commune = text(file, "commune")
    return f"CASE WHEN {commune} = '' THEN {text(file, 'country')} ELSE {commune} END"


def division(file: MatchedFile) -> str:
    """Two figures of the activity, empty when it is coded in another nomenclature."""
    two = f"SUBSTR({text(file, 'activity')}, 1, 2)"
    if "nomenclature" not in file.columns:
        return two
    return f"CASE WHEN {text(file, 'nomenclature')} = {sql_text(_NAF)} THEN {two} ELSE '' END"


def register_codes(batch: Batch, catalog: Catalog) -> None:
    """Views ``size_codes`` and ``sector_codes``: (raw, code), code of the nomenclature."""
    sizes = catalog.nomenclatures["sirene_size"].codes
    batch.register("size_codes", _codes({code: code for code in sizes}))
    batch.register("sector_codes", _codes(catalog.nomenclatures["naf_section"].parents))
    yes_no = {code: code for code in catalog.nomenclatures["yes_no"].codes}
    batch.register("yes_no_codes", _codes(yes_no))


#: Breakdown -> (view of its codes, code where the file tells nothing, nomenclature).
_DIMENSIONS: Mapping[str, tuple[str, str, str]] = {
    "size": ("size_codes", "NN", "sirene_size"),
    "sector": ("sector_codes", "NR", "naf_section"),
    "seat_moved": ("yes_no_codes", "NR", "yes_no"),
    "continuity": ("yes_no_codes", "NR", "yes_no"),
}


def pairs(links: str, batch: Batch) -> Pairs:
    """Sums of a query that gives ``origin, destination, micros``."""
    return pairs_of(
        batch.fetch(
            "SELECT origin, destination, CAST(SUM(micros) AS BIGINT) AS micros "
            f"FROM ({links}) AS l GROUP BY origin, destination ORDER BY origin, destination"
        )
    )


def breakdown(dimension: str, links: str, context: Context) -> Breakdown:
    """The same by category, of a query that also gives the raw code ``dimension``."""
    codes, missing, nomenclature = _DIMENSIONS[dimension]
    coded = (
        f"SELECT origin, destination, micros, COALESCE(c.code, {sql_text(missing)}) AS category "
        f"FROM ({links}) AS l LEFT JOIN {codes} AS c ON l.{dimension} = c.raw"
    )
    table = context.batch.fetch(
        "SELECT origin, destination, category, CAST(SUM(micros) AS BIGINT) AS micros "
        f"FROM ({coded}) AS k GROUP BY origin, destination, category "
        "ORDER BY origin, destination, category"
    )
    categories = tuple(context.catalog.nomenclatures[nomenclature].codes)
    return Breakdown(categories, pairs_of(table, categories))


def refuse_other_than(
    values: Sequence[str], found: Iterable[str], table: TextTable, role: str
) -> None:
    """InputError on the first text found that is none of ``values``."""
    strange = sorted(set(found) - set(values))
    if strange:
        expected = ", ".join(filter(None, values))
        problem = f"valeur inattendue (attendu : {expected})."
        raise table.fault(
            table.columns[role], strange[0], problem, "reprenez le fichier d’origine."
        )


def _codes(codes: Mapping[str, str]) -> pa.Table:
    return pa.table({"raw": list(codes), "code": list(codes.values())})
