"""Papers to read, to amend and to sign: contract, avenant, fiches, strategy.

Each is written once, as blocks (``forms/*.yaml``), from which come its templates for Word and
LibreOffice, which a site may replace, and its printed page.
"""
