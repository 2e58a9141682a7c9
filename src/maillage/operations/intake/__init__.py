"""An office's spreadsheet, as it is, into operations to check: nothing guessed silently."""
