"""Measures of the site, on a real server and in a real browser. See ``python -m bench.web``."""
