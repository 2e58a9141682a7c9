"""OGC API – Features: territories and flows as layers for QGIS and other geographical software.

Parts of the standard that are met: 1 (core, GeoJSON) and 2 (coordinates in Lambert-93).
"""
