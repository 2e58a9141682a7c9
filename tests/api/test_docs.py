"""The page that describes the API says everything, in French, and its examples work."""

import re
from pathlib import Path

from maillage.api.v1 import ADDRESSES, description
from maillage.engine.precision import Unmeasured

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "interroger-par-l-api.md"


def test_every_address_is_described_and_its_example_answers(demo):
    html = demo.get("/api/").content.decode()
    assert all(f'id="{address.name}"' in html for address in ADDRESSES)
    examples = re.findall(r'href="(/api/v1/[^"]+)"', html)
    assert len(examples) == len(ADDRESSES) + 1  # and the document that describes them
    for example in examples:
        answer = demo.get(example.replace("&amp;", "&"))
        assert answer.status_code == 200, (example, answer.content[:300])


def test_every_link_of_the_page_has_its_target(site):
    html = site.get("/api/").content.decode()
    targets = set(re.findall(r'id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= targets


def test_the_document_is_served_to_other_sites(site):
    answer = site.get("/api/v1/openapi.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["paths"].keys() == description()["paths"].keys()
    assert "ETag" in answer


def test_what_a_post_sends_is_described(site):
    html = site.get("/api/").content.decode()
    section = html.partition('id="posted_perimeter"')[2].partition("</section>")[0]
    assert "<code>codes</code>" in section
    body = description()["paths"]["/api/v1/perimeters"]["post"]["requestBody"]
    name = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    assert description()["components"]["schemas"][name]["required"] == ["codes"]


def test_every_reason_of_an_unknown_precision_is_in_the_guide():
    told = GUIDE.read_text(encoding="utf-8")
    assert all(f"| `{why.value}` |" in told for why in Unmeasured)
