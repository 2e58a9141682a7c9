"""One pure function an indicator. Its card in ``catalog/indicators`` tells what it means.

Parameters are named after the inputs of ``maillage.engine.battery``; leading axes are free, so
the same formula serves one territory or every territory of a mesh.
"""
