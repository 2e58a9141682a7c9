"""Answers as files that leave the site: tables, layers, printed pages, slides."""
