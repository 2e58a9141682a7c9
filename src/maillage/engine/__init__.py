"""The algebra of flows and stocks over an edition. The only door to the analytical store."""
