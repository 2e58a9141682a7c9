"""The contract: its parties, its perimeter, its life, its signed versions and what was decided."""
