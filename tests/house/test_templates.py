"""Pages hold no inline script or style, and fetch nothing from elsewhere: the CSP says so too."""

import re
from pathlib import Path

import pytest

REFUSED = {
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/(?:ld\+)?json\")", re.I
    ),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "asset from elsewhere": re.compile(
        r"<(?:script|img|iframe|source)[^>]*\bsrc=[\"'](?:https?:)?//|<link[^>]*\bhref=[\"'](?:https?:)?//",
        re.I,
    ),
}
SAMPLES = {
    "inline script": "<script>go()</script>",
    "inline handler": '<a href="#" onclick="go()">',
    "inline style": '<p style="color:red">',
    "script address": '<a href="javascript:go()">',
    "asset from elsewhere": '<script src="//example.org/x.js">',
}


@pytest.mark.parametrize("fault", REFUSED)
def test_templates_hold_no(fault: str, texts: dict[Path, str]) -> None:
    pattern = REFUSED[fault]
    assert pattern.search(SAMPLES[fault])
    templates = {p: t for p, t in texts.items() if p.suffix == ".html" and p.parts[0] == "src"}
    found = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1} {match.group()[:80]}"
        for path, text in templates.items()
        for match in pattern.finditer(text)
    ]
    assert found == []
