"""Numbers as people write them, in the SQL both engines know.

Decimal point or comma, thousands apart by spaces (also no-break ones); marks that stand for « not
known », and marks that stand for « hidden by secrecy ». Anything else is a fault.
"""

NUMBER = "DECIMAL(18,6)"
#: Compared after trimming, in lower case.
UNKNOWN_MARKS = ("", "na", "n/a", "nan", "null", "nd", "n.d.", "nc", "n.c.", "-", "…", "...")
SECRET_MARKS = ("s", "secret", "secrétisé", "c", "conf", "confidentiel")
_SPACES = " \u00a0\u202f"


def sql_text(value: str) -> str:
    """A text, quoted for SQL."""
    return "'" + value.replace("'", "''") + "'"


def sql_number(text: str) -> str:
    """The number a text column holds, NULL when it is none."""
    bare = f"TRANSLATE({text}, {sql_text(_SPACES)}, '')"
    return f"TRY_CAST(REPLACE({bare}, ',', '.') AS {NUMBER})"


def sql_is_unknown(text: str) -> str:
    """True where a text column says that the quantity is not known."""
    return _is_one_of(text, UNKNOWN_MARKS)


def sql_is_secret(text: str, marks: tuple[str, ...] = SECRET_MARKS) -> str:
    """True where a text column says that the quantity is hidden."""
    return _is_one_of(text, marks)


def sql_is_ambiguous(text: str, delimiter: str) -> str:
    """True where a comma may part thousands: « 12,345 », in a file whose cells commas part."""
    pattern = sql_text("^[1-9][0-9]{0,2},[0-9]{3}$")
    return f"REGEXP_MATCHES(TRIM({text}), {pattern})" if delimiter == "," else "FALSE"


def sql_is_fault(text: str, delimiter: str = "") -> str:
    """True where a text column holds neither a number nor a known mark, or an ambiguous number."""
    known = _is_one_of(text, UNKNOWN_MARKS + SECRET_MARKS)
    strange = f"{sql_number(text)} IS NULL AND NOT {known}"
    return f"({strange} OR {sql_is_ambiguous(text, delimiter)})"


def fault_of(text: str) -> str:
    """What is wrong with a text where ``sql_is_fault`` is true, in French."""
    if text.strip().replace(",", "", 1).isdecimal():
        return "cette virgule peut séparer des milliers comme des décimales."
    return "ce n’est pas un nombre."


def _is_one_of(text: str, marks: tuple[str, ...]) -> str:
    return f"(LOWER(TRIM(COALESCE({text}, ''))) IN ({', '.join(map(sql_text, marks))}))"
