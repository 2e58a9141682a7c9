"""Maps as values: contours placed in a drawing, paths that any face writes as SVG."""
