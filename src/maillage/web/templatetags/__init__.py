"""Filters and tags of every template: French typography, and the parts pages are made of."""
