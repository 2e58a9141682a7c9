"""What people type is text, wherever it comes out: never markup in a page or a document, never a
formula in a spreadsheet, never a field in a template."""

import csv
import io
import re
import zipfile
from html import escape, unescape
from xml.etree import ElementTree

import openpyxl
import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from pypdf import PdfReader
from tests.web import contract_world as made
from tests.web.test_rights import targets

from maillage.accounts.actions.organisations import add_organisation
from maillage.accounts.triggers import KEPT, lock, unlock
from maillage.contracts.models import Avenant
from maillage.operations.actions.maquettes import freeze_maquette
from maillage.operations.models import Maquette
from maillage.web.viewers import now

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
#: A formula that starts a program, markup, a field of a template, the code of a printed page.
HOSTILE = "=cmd|'/C x'!A0<script>x</script>{{7*7}}&#panic(1)$*"
ROOMS = ("contracts", "governance", "operations")
#: Texts that programs choose among a few, or compute: no form lets anybody write them.
CODES = {
    *("slug", "kind", "code", "status", "territory", "level", "place", "capacity", "instance"),
    *("cotech_opinion", "stage", "programme", "number", "phase", "priority", "maturity", "tax"),
    *("question", "indicator", "flow", "theme", "source", "section", "rule", "digest", "state"),
    *(
        "quality",
        "presence",
        "formation",
        "opinion",
        "commune",
        "query",
        "field",
        "sheet",
        "heading",
        "detail",
        "rules",
        "vintage",
    ),
}
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def fill() -> int:
    """Every text that somebody may write, in every row there is; how many columns."""
    count = 0
    for kept in KEPT.values():
        unlock("default", kept)
    for label in ROOMS:
        for model in apps.get_app_config(label).get_models():
            fields = [f for f in model._meta.concrete_fields if is_free(f)]
            for row in model._base_manager.all():
                bound = label == "governance"  # its texts follow its state: blank stays blank
                said = [
                    f for f in fields
                    if getattr(row, f.name) or not (bound or f.name == "reason")
                ]  # fmt: skip
                values = {f.name: HOSTILE[: f.max_length or 999] for f in said}
                models.QuerySet(model).filter(pk=row.pk).update(**values)
            count += len(fields)
    for kept in KEPT.values():
        lock("default", kept)
    return count


def is_free(field) -> bool:
    """A text that a form lets somebody write; two rows of the same key would be one."""
    if not isinstance(field, models.CharField | models.TextField):
        return False
    keys = field.model._meta.total_unique_constraints
    computed = field.name in CODES or field.unique or isinstance(field, models.EmailField)
    kept = field.model is Maquette and field.name == "text"  # its own digest tells a change
    return not (computed or kept or any(field.name in key.fields for key in keys))


@pytest.fixture
def lead(site, settings, tmp_path, country):
    settings.MEDIA_ROOT = tmp_path
    settings.WRITES_PER_MINUTE = settings.SEARCHES_PER_MINUTE = 10**6
    settings.DOWNLOADS_PER_MINUTE = settings.KNOCKS_PER_MINUTE = 10**6
    found = made.make(country)
    assert fill() > 50
    add_organisation(name=HOSTILE, nature="other", by=None, at=now())
    found.body.name = HOSTILE
    models.QuerySet(type(found.body)).filter(pk=found.body.pk).update(name=HOSTILE)
    found.contract.refresh_from_db()
    kept = freeze_maquette(
        contract=found.contract, year=2025, decided_on=now().date(), instance="copil",
        reference=HOSTILE, by=found.lead, at=now(),
    )  # fmt: skip
    found.ids["maquette"] = (kept.year, kept.rank)
    assert Avenant.objects.get().title == HOSTILE
    person = made.account(HOSTILE, found.body, "project_lead", contract_id=found.contract.pk)
    return found, made.visitor(found, "lead", person)


def answers(found, who):
    for name, parts, _, _ in targets(found, who):
        answer = who.client.get(reverse(name, kwargs=parts))
        if answer.status_code == 200:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield name, parts.get("ext", ""), answer["Content-Type"], body


def test_what_people_type_comes_out_as_text(lead):
    told = dict.fromkeys(("html", "docx", "odt", "xlsx", "ods", "csv", "pptx", "odp"), 0)
    for name, ext, kind, body in answers(*lead):
        if kind.startswith("text/html"):
            told["html"] += page(name, body.decode())
        elif ext == "csv" or kind.startswith("text/csv"):
            told["csv"] += table(name, body.decode("utf-8-sig"))
        elif ext == "xlsx":
            told["xlsx"] += workbook(name, body)
        elif ext in told:
            told[ext] += document(name, ext, body)
    assert all(told.values()), told


def page(name: str, html: str) -> bool:
    assert "<script>x" not in html, name
    assert "</script>49" not in unescape(html), name
    return escape("<script>x") in html


def table(name: str, text: str) -> bool:
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","))
    cells = [cell for row in rows for cell in row]
    formulas = [
        c for c in cells if c.startswith(FORMULAS) and not re.fullmatch(r"-?[\d., ]+|=\"\d+\"", c)
    ]
    assert formulas == [], (name, formulas[:3])
    return any("cmd|" in cell for cell in cells)


def workbook(name: str, body: bytes) -> bool:
    """Sums are formulas, and no other cell is."""
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(body))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [c.coordinate for c in cells if c.data_type == "f" and "cmd" in str(c.value)] == [], name
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for part in archive.namelist():
            assert b"<f>cmd" not in archive.read(part), (name, part)
    return any("cmd|" in str(cell.value) for cell in cells)


def test_printed_pages_say_it_and_run_nothing(lead):
    found, who = lead
    for name, more in (("contracts-paper", {}), ("operations-paper", {"id": found.operation.pk})):
        parts = {"slug": found.contract.slug, "ext": "pdf", **more}
        answer = who.client.get(reverse(name, kwargs=parts))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(body)).pages)
        assert "<script>x" in text.replace("\n", ""), name
        assert "#panic(1)" in text.replace("\n", ""), name


def document(name: str, ext: str, body: bytes) -> bool:
    """Each part is whole XML; the text is there as it was typed, no field of it was reckoned."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = [archive.read(p) for p in archive.namelist() if p.endswith(".xml")]
    trees = [ElementTree.fromstring(part) for part in parts]
    assert not [one for tree in trees for one in tree.iter() if str(one.tag).endswith("script")], (
        name
    )
    assert not [
        value
        for tree in trees
        for one in tree.iter()
        for key, value in one.attrib.items()
        if key.endswith("}formula") and "cmd" in value
    ], name
    text = " ".join("".join(tree.itertext()) for tree in trees)
    assert "</script>49" not in text.replace(" ", ""), name
    return "<script>x" in text
