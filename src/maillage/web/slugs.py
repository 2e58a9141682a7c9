"""Themes as French addresses name them."""

from django.utils.text import slugify

from maillage.catalog.cards import BalanceCard
from maillage.common.errors import NotFoundError
from maillage.common.french import listing
from maillage.engine.edition import Edition


def theme_slug(card: BalanceCard) -> str:
    """« Places d’enseignement »: places-d-enseignement."""
    return str(slugify(card.title.replace("’", "-")))


def theme_named(edition: Edition, slug: str) -> BalanceCard:
    """NotFoundError when no theme of the edition has that address."""
    cards = {theme_slug(card): card for card in edition.catalog.balances.values()}
    if slug not in cards:
        raise NotFoundError(f"Ce thème n’existe pas. Thèmes connus : {listing([*cards])}.")
    return cards[slug]
