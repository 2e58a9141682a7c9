"""Flows: from pairs of codes summed by an engine to cells between the nodes of the geography."""
