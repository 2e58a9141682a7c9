"""Official geography, groupements and programmes, from the files of a mirror."""

from maillage.sources.references.bundle import GeographyBundle
from maillage.sources.references.read import read_geography

__all__ = ["GeographyBundle", "read_geography"]
