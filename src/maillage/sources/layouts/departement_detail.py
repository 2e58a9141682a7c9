"""Residential files that only tell départements: checked, then refused for a better one.

The same persons are in the commune detail file, so nothing is lost; what is worth saying is
whether the file is even what it claims, since extracts of it circulate with overseas codes cut to
two characters, which sends everyone overseas to a département that does not exist.
"""

from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.sources.batch import identifier
from maillage.sources.layouts import Context, Reading
from maillage.sources.mirror import MatchedFile
from maillage.sources.opening import PlainTable, rows_of

_VIEW = "departement_rows"
_CUT = "97"


def read(file: MatchedFile, context: Context) -> Reading:
    """Never returns: InputError tells what is wrong with the file, or which one to take."""
    table = file.table(context.workdir)
    for role in ("origin", "destination"):
        count = _cut_codes(table, file.columns[role], context)
        if count:
            raise _overseas_cut(table, file.columns[role], count)
    raise InputError(
        problem=f"« {file.card.title} » ne dit pas les deux communes de chaque migration.",
        remedy=f"prenez le fichier détail {file.card.constants['better']} de la même année.",
        file=file.name,
    )


def _cut_codes(table: PlainTable, column: str, context: Context) -> int:
    context.batch.scan(_VIEW, table, {column: "VARCHAR"})
    found = context.batch.fetch(
        f"SELECT count(*) AS n FROM {_VIEW} WHERE trim({identifier(column)}) = '{_CUT}'"
    )
    context.batch.drop(_VIEW)
    return int(found["n"][0].as_py())


def _overseas_cut(table: PlainTable, column: str, count: int) -> InputError:
    at = table.header.columns.index(column)
    line = next(line for line, row in rows_of(table) if row[at].strip() == _CUT)
    return InputError(
        problem=f"codes de départements d’outre-mer tronqués à deux caractères "
        f"({counted(count, 'ligne')}) : Guadeloupe, Martinique, Guyane et La Réunion y sont "
        "confondues.",
        remedy="reprenez le fichier d’origine, où ces codes ont trois caractères (971 à 974).",
        file=table.name,
        line=line,
        column=column,
        value=_CUT,
    )
