"""What a file really is, by its content: only documents that people exchange are kept."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

from maillage.common.errors import InputError
from maillage.common.files import byte_size

LARGEST = 15_000_000  # bytes
#: Kind -> MIME type it is given back with.
KINDS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_STARTS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def kind_of(content: bytes, name: str = "") -> str:
    """Its kind. InputError when it is too large, empty, of no known kind, or holds a macro."""
    if not 0 < len(content) <= LARGEST:
        raise InputError(
            problem=f"cette pièce est vide ou dépasse {byte_size(LARGEST)}.",
            remedy="réduisez-la ou donnez un lien vers elle dans un commentaire.",
            file=name,
        )
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    kind = _office(content) if content.startswith(b"PK\x03\x04") else ""
    if not kind:
        raise InputError(
            problem="ce n’est ni un PDF, ni une image, ni un document bureautique sans macro.",
            remedy="enregistrez-la en PDF, PNG, JPEG, docx, xlsx, pptx, odt, ods ou odp.",
            file=name,
        )
    return kind


def _office(content: bytes) -> str:
    """Empty for an archive that is no document, or one that runs code."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            declared = _declared(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, UnicodeDecodeError):
        return ""
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        return ""
    by_type = {mime: kind for kind, mime in KINDS.items()}
    return next(
        (kind for part, kind in _OFFICE.items() if part in names), by_type.get(declared, "")
    )


def _declared(archive: zipfile.ZipFile) -> str:
    """Its first bytes only: what they unpack to may be made to fill the memory."""
    with archive.open("mimetype") as stream:
        return stream.read(100).decode()


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
