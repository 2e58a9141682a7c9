"""Census flows: pairs of communes or weighted persons, from sums by code to checked cells."""
