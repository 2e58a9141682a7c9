"""Django settings, URLs and servers: no logic of the product. Reads ``MAILLAGE_*`` only."""
