"""Every key that a program reads has its French label."""

from maillage.api.description import OWN, keys, labels
from maillage.observatory.schemas import PUBLISHED, published_schema, schema_of


def test_every_key_of_the_api_has_a_french_label() -> None:
    """If this fails, say the new key in French in src/maillage/api/labels.yaml."""
    schemas = [*map(published_schema, PUBLISHED), *map(schema_of, OWN.values())]
    declared = {key for schema in schemas for key in keys(schema)}
    assert declared - labels().keys() == set()
