"""The settings of the site, but for the limits on what one address may ask in a minute."""

from maillage.config.settings import *  # noqa: F403 - Django's way of deriving settings

SEARCHES_PER_MINUTE = WRITES_PER_MINUTE = DOWNLOADS_PER_MINUTE = 10**9
