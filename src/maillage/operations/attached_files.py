"""What a file really is, by its content: only documents that people exchange are kept."""

import hashlib
import io
import re
import unicodedata
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
#: How names of each kind end, when it is not by the kind itself.
_ENDS = {"jpeg": ("jpeg", "jpg")}
#: Bytes that a document may unpack to: a small file is not to fill the memory of who opens it.
UNPACKED = 200_000_000
_STARTS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
#: Folders of an OpenDocument where programs stand.
_MACROS = ("Basic/", "Scripts/")
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def kind_of(content: bytes, name: str = "") -> str:
    """Its kind. InputError when it is too large, empty, of no known kind, holds a macro, unpacks
    to too much, or is named as another kind."""
    if not 0 < len(content) <= LARGEST:
        raise InputError(
            problem=f"cette pièce est vide ou dépasse {byte_size(LARGEST)}.",
            remedy="réduisez-la ou donnez un lien vers elle dans un commentaire.",
            file=name,
        )
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return _named(kind, name)
    kind = _office(content, name) if content.startswith(b"PK\x03\x04") else ""
    if not kind:
        raise InputError(
            problem="ce n’est ni un PDF, ni une image, ni un document bureautique sans macro.",
            remedy="enregistrez-la en PDF, PNG, JPEG, docx, xlsx, pptx, odt, ods ou odp.",
            file=name,
        )
    return _named(kind, name)


def clean_name(name: str, kind: str) -> str:
    """What people are shown and given back: no folder, no sign that hides or turns the rest, 200
    characters at most; the ending of its kind is added when there is none."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, dot, end = " ".join(seen.split()).strip(". ").rpartition(".")
    if not dot:
        stem, end = end, kind
    return f"{stem[:190] or 'piece'}.{end[:9]}"


def _named(kind: str, name: str) -> str:
    """InputError when a name says that a file is what it is not: computers believe names."""
    _, dot, end = name.strip().rpartition(".")
    if dot and end.lower() not in _ENDS.get(kind, (kind,)):
        raise InputError(
            problem=f"cette pièce finit par « .{end[:9]} », mais son contenu est de type {kind}.",
            remedy=f"renommez-la en « .{kind} », ou enregistrez-la dans le format voulu.",
            file=name,
        )
    return kind


def _office(content: bytes, name: str) -> str:
    """Empty for an archive that is no document, or one that runs code."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            declared = _declared(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, UnicodeDecodeError):
        return ""
    if any(part.endswith("vbaProject.bin") or part.startswith(_MACROS) for part in names):
        return ""
    if unpacked > UNPACKED:
        raise InputError(
            problem=f"ce document, une fois ouvert, dépasse {byte_size(UNPACKED)}.",
            remedy="allégez ses images, ou enregistrez-le en PDF.",
            file=name,
        )
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
