"""The identifiers that may stand in an address: anything else is no page."""


class TerritoryConverter:
    """What perimeters are made of: codes, ``+`` between them, ``@`` before a year."""

    regex = r"[0-9A-Za-z@+._-]{1,8000}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CardConverter(TerritoryConverter):
    regex = r"[a-z][a-z0-9_]{0,79}"


class FormatConverter(TerritoryConverter):
    """The word of a format: ``csv``, ``excel.csv``, ``qgis.zip``."""

    regex = r"[a-z0-9]{1,12}(?:\.[a-z0-9]{1,8})?"
