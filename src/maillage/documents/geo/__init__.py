"""Answers as layers of geometries, for QGIS and its kin."""
