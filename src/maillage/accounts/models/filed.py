"""The order of French readers, kept by the base itself beside each name it sorts by.

Bases disagree on accents: one files « Île » after « Z », another as its collation says. A column
that the base computes is the same on both, whoever writes the name and however.
"""

from django.db import models
from django.db.models.functions import Lower, Replace

from maillage.common.french import FILED


def filed_as(field: str) -> "models.GeneratedField":
    """What rows sort by instead of ``field``; as ``common.french.filed`` does in memory."""
    found: models.expressions.Combinable = models.F(field)
    for letter, plain in FILED.items():
        found = Replace(found, models.Value(letter), models.Value(plain))
    return models.GeneratedField(
        expression=Lower(found), output_field=models.CharField(max_length=500), db_persist=True
    )
