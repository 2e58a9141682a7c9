"""Pages of the committees of a contract and of their meetings."""
