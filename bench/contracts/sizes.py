"""The contracts of France, and what hangs on each."""

CONTRACTS, OPERATIONS, LINES = 853, 60, 6
