"""Answers for programs: JSON under ``/api/v1/``, OGC API – Features under ``/ogc/``."""
