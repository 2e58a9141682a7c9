"""Answers as people read them in French: figures as text, what is missing, rows, sentences."""
