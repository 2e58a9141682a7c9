"""Answers laid out as tables, one module a question: what files, pages and the terminal share."""
