"""Downloads of documents: their kind, their name, their version, and what has none."""

import pytest

HERE, OTHER = "200000001", "200000002"
PAIR = f"/territoires/{HERE}/cooperer/{OTHER}/dossier"


@pytest.mark.parametrize(
    ("address", "start", "name"),
    [
        (f"{PAIR}.pdf", b"%PDF-1.7", "dossier-cc-des-deux-rives-dunes-metropole.pdf"),
        (f"{PAIR}.pptx", b"PK", "dossier-cc-des-deux-rives-dunes-metropole.pptx"),
        (f"/territoires/{OTHER}/portrait.pdf", b"%PDF-1.7", "portrait-dunes-metropole.pdf"),
        (f"/territoires/{OTHER}/portrait.pptx", b"PK", "portrait-dunes-metropole.pptx"),
        ("/territoires/02001/portrait.pdf", b"%PDF-1.7", "portrait-corvol-l-eau.pdf"),
    ],
)
def test_a_document_is_served_under_a_plain_name(site, address, start, name):
    answer = site.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    again = site.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_pages_lead_to_their_documents(site):
    html = site.get(f"/territoires/{HERE}/cooperer/{OTHER}/").content.decode()
    assert f'href="{PAIR}.pdf"' in html
    assert f'href="{PAIR}.pptx"' in html
    html = site.get(f"/territoires/{HERE}/").content.decode()
    assert f'href="/territoires/{HERE}/portrait.pdf"' in html


@pytest.mark.parametrize("ending", ["pdf", "pptx"])
def test_no_document_without_two_territories(site, ending):
    def status(here, other):
        return site.get(f"/territoires/{here}/cooperer/{other}/dossier.{ending}").status_code

    assert status(HERE, HERE) == 400
    assert status(HERE, "01001") == 400
    assert status(HERE, "99999") == 404
    assert status("dep-01", OTHER) == 302
    assert site.get(f"/territoires/99999/portrait.{ending}").status_code == 404
    assert site.get(f"/territoires/dep-01/portrait.{ending}").status_code == 302
