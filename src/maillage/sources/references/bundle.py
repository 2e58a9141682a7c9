"""What the references of a mirror amount to."""

from dataclasses import dataclass

from maillage.sources.references.geometry import Geometry
from maillage.sources.references.report import ReferencesReport
from maillage.territory.geography import Geography
from maillage.territory.passages import Passages


@dataclass(frozen=True, eq=False)
class GeographyBundle:
    """The geography of a build, the passage to it from any vintage, its contours, and what was
    read to make them."""

    geography: Geography
    passages: Passages
    geometry: Geometry
    report: ReferencesReport
