"""What a mesh level is called, in which order levels come, and how their units are cited."""

from dataclasses import dataclass

from maillage.catalog.load import Catalog


@dataclass(frozen=True, eq=False)
class Levels:
    """The levels the catalogue names; any other level is called by its own id."""

    catalog: Catalog

    def label(self, level: str) -> str:
        return self.catalog.nomenclatures["levels"].codes.get(level, level)

    def prefix(self, level: str) -> str:
        return self.catalog.nomenclatures["level_prefixes"].codes.get(level, f"{level}-")

    def rank(self, level: str) -> tuple[int, str]:
        """Sort key: the order of the catalogue, then unknown levels by name."""
        known = list(self.catalog.nomenclatures["levels"].codes)
        return (known.index(level) if level in known else len(known), level)
