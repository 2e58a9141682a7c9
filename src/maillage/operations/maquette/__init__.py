"""The yearly maquette: what it holds as plain values, its tables, two of them line by line."""
