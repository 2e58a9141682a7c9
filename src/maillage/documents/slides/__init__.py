"""Slides: an answer in, the bytes of a presentation out, with native tables and charts."""
