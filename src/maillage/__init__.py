"""Maillage: who depends on whom, what is done together, who pays, what it changes."""

__version__ = "0.1.0"
