"""Wage mass drawn from commuters, as pure arithmetic on cells."""
