"""Answers laid out as tables, one module a question."""
