"""The file of an OpenDocument: its parts in one archive."""

import io
import zipfile
from collections.abc import Mapping


def packed(mime: str, parts: Mapping[str, str]) -> bytes:
    """The bytes of the document. The kind of file comes first, not compressed: programs read it
    there without opening the archive (ODF 1.3, part 2, 3.3)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", mime, zipfile.ZIP_STORED)
        for name, text in parts.items():
            made.writestr(name, text)
    return stream.getvalue()
