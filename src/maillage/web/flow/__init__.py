"""The page of one family of flows: a map, a chart and a table of one result."""
