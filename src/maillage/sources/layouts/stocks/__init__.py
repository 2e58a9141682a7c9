"""Stocks: from the cells of a table to one value a commune, or a unit of another mesh."""
