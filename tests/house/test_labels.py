"""Every key that a program reads has its French label."""

from maillage.api.description import components, keys, labels


def test_every_key_of_the_api_has_a_french_label() -> None:
    """If this fails, say the new key in French in src/maillage/api/labels.yaml."""
    declared = {key for schema in components().values() for key in keys(schema)}
    assert declared - labels().keys() == set()
