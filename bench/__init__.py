"""Benchmarks against what a user would pick instead. Ratios in one run decide; see docs."""
