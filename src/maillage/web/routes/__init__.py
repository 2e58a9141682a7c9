"""Addresses, one module per part of the site; ``web.urls`` gathers them."""
