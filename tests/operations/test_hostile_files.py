"""Files that would harm whoever opens them are refused, with what to do; the others lose what their
name hides."""

import io
import zipfile

import pytest
from tests.operations import world

from maillage.common.errors import InputError
from maillage.operations.actions.attached import attach
from maillage.operations.attached_files import LARGEST, clean_name, kind_of

PDF, PNG = b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n x"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


WORD = {"word__document_dot_xml": b"<w/>"}
ODT = b"application/vnd.oasis.opendocument.text"
DOCX = packed(**WORD)
HOSTILE = [
    ("plan.svg", SVG, "ni un PDF"),
    ("plan.png", SVG, "ni un PDF"),
    ("page.html", HTML, "ni un PDF"),
    ("page.pdf", HTML, "ni un PDF"),
    ("page.pdf", b"\n" + PDF, "ni un PDF"),
    ("outil.exe", b"MZ\x90\x00", "ni un PDF"),
    ("outil.pdf", b"MZ\x90\x00", "ni un PDF"),
    ("outil.exe", PDF, "finit par « .exe »"),
    ("plan.html", PDF, "finit par « .html »"),
    ("plan.svg", PNG, "finit par « .svg »"),
    ("plan.pdf", PNG, "finit par « .pdf »"),
    ("photo.jpg", DOCX, "finit par « .jpg »"),
    ("lettre.docx", packed(autre=b"x"), "sans macro"),
    ("lettre.docx", b"PK\x03\x04 coupe", "sans macro"),
    ("lettre.docx", packed(**WORD, word__vbaProject_dot_bin=b"x"), "sans macro"),
    ("lettre.odt", packed(mimetype=ODT, Scripts__a=b"x"), "sans macro"),
    ("bombe.docx", packed(**WORD, word__big=b"0" * 201_000_000), "une fois ouvert"),
    ("vide.pdf", b"", "est vide ou dépasse"),
    ("grand.pdf", PDF + b"0" * LARGEST, "est vide ou dépasse"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_what_would_harm_is_refused_and_says_what_to_do(name, content, said):
    with pytest.raises(InputError) as refused:
        kind_of(content, name)
    assert said in str(refused.value)
    assert refused.value.remedy


def test_honest_files_are_what_they_are():
    assert [kind_of(PDF, "A.PDF"), kind_of(PNG, "b.png"), kind_of(DOCX, "c.docx")] == [
        *("pdf", "png", "docx"),
    ]
    assert kind_of(b"\xff\xd8\xff", "d.JPG") == kind_of(b"\xff\xd8\xff", "e.jpeg") == "jpeg"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Windows\\système.pdf", "système.pdf"),
        ("/var/plan.pdf", "plan.pdf"),
        ("\u202efdp.gpj.pdf", "fdp.gpj.pdf"),
        ("plan\x00\r\n d’ensemble.pdf", "plan d’ensemble.pdf"),
        ("sans-extension", "sans-extension.pdf"),
        ("..", "piece.pdf"),
        ("", "piece.pdf"),
        ("a" * 400 + ".pdf", "a" * 190 + ".pdf"),
    ],
)
def test_names_lose_what_they_hide(name, kept):
    assert clean_name(name, "pdf") == kept


@pytest.mark.django_db
def test_a_path_in_a_name_writes_nowhere_else(settings, tmp_path):
    """On disk it is named by its content; people see the cleaned name."""
    settings.MEDIA_ROOT = tmp_path / "files"
    contract = world.contract()
    lead = world.viewer("project_lead", contract, world.organisation("CC d’Ancenis"))
    made = attach(
        operation=world.operation(contract, "Halte"), name="../../../plan.pdf", content=PDF,
        by=lead, at=world.AT,
    )  # fmt: skip
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.parent.name for path in written] == ["operations"]
    assert written[0].is_relative_to(tmp_path / "files")
    assert written[0].name == f"{made.digest}.pdf"
    assert made.name == "plan.pdf"
