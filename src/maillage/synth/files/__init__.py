"""One writer per official file, in its published layout: header, separator, encoding."""
