"""The demonstration in the base that the settings name."""

from typing import TYPE_CHECKING

from maillage.config.serve import prepare
from maillage.engine.edition import Edition

if TYPE_CHECKING:
    from maillage.demo.make import Made


def demonstration(edition: Edition) -> "Made":
    """Made once; tables are brought up to date first. InputError on a country that is real."""
    prepare()
    # The models can be read once Django is set up, not before.
    from django.utils.timezone import localtime

    from maillage.demo.make import make_demo

    return make_demo(edition, localtime().date())
