"""Printed documents: an answer in, the bytes of a tagged PDF out. Templates hold the layout."""
