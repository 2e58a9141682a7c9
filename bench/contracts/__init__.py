"""Pages of contracts at the scale of France. See ``python -m bench.contracts``."""
