"""Sirene: what the stock of establishments says of each one, for the flows drawn from it."""
