"""One run of the measures of the site. See ``python -m bench.web --help``."""

import argparse
import json
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.data import DISK, Bench
from bench.run import ROOT, has_room
from bench.web import pages
from bench.web.browser import chromium, maps, texts
from bench.web.clients import Answer, ask, rate
from bench.web.demands import DEMANDS, Asked, Measured, Rates, Spread, rows
from bench.web.rendering import rendering
from bench.web.report import as_json, holds, markdown, verdict
from bench.web.servers import Served, files, site
from maillage.engine.edition import Edition

#: Rounds of the two servers in turn, and seconds of each.
ROUNDS, SECONDS = 5, 1.5
#: Pages of text, as people read them.
TEXTS = ("/methode/", "/sources/", "/territoires/", "/mentions/")
BUILDER = "/perimetre/"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every demand holds, 1 when one does not, 2 when the disk is too small."""
    asked = _parser().parse_args(arguments)
    bench = Bench(asked.folder, asked.scale, _say)
    if not has_room(bench):
        return 2
    with tempfile.TemporaryDirectory() as var:
        found = _measure(bench, Path(var))
    text = json.dumps(as_json(found, bench.scale), ensure_ascii=False, indent=1)
    (bench.home / "web.json").write_text(text + "\n", encoding="utf-8")
    if asked.page is not None:
        asked.page.write_text(markdown(found, bench.scale) + "\n", encoding="utf-8")
    _say(markdown(found, bench.scale) if asked.whole else verdict(found))
    failed = [one.label for one in DEMANDS if not one.holds(found)]
    _say(f"Verdict : ne tient pas : {' ; '.join(failed)}." if failed else "Tout tient.")
    return 0 if holds(found) else 1


def _measure(bench: Bench, var: Path) -> Measured:
    edition = bench.edition
    with site(bench.editions, var) as served:
        _say(f"Le site a répondu en {served.started:.1f} s.")
        [front] = ask(served, ["/"])
        asked = tuple(_asked(served, edition, kind) for kind in pages.KINDS)
        _say("Pages de flux les plus longues…")
        widest = max(map(rows, ask(served, pages.widest_flows(edition))))
        rates = _rates(served, var, pages.portraits(edition)[-1])
        _say("Cartes et textes, dans un navigateur…")
        drawn = [found[-1] for found in (pages.portraits(edition), pages.flows(edition))]
        drawn = ["/", *drawn, pages.perimeters(edition)[0]]
        with chromium() as browser:
            shown = maps(browser, served, drawn, BUILDER)
            read = texts(browser, served, [*TEXTS, pages.portraits(edition)[-1]])
    _say("Rendu d’un portrait…")
    found = rendering(bench.editions, var, pages.portraits(edition))
    return Measured(
        started=served.started,
        first_page=front.seconds,
        asked=asked,
        rows=widest,
        rates=rates,
        rendering=found,
        maps=tuple(shown),
        texts=tuple(read),
    )


def _asked(served: Served, edition: Edition, kind: pages.Kind) -> Asked:
    addresses = kind.addresses(edition)
    _say(f"{kind.title} : {len(addresses)} pages, deux fois…")
    first, again = (ask(served, addresses) for _ in range(2))
    sent = max(answer.sent for answer in first) / 1000
    return Asked(kind, Spread.of(first), Spread.of(again), sent)


def _rates(served: Served, var: Path, address: str) -> Rates:
    """The portrait, and the same bytes as a file, by turns."""
    _say("Débit d’un portrait et d’un fichier…")
    [portrait] = ask(served, [address])
    folder = var / "files"
    folder.mkdir()
    (folder / "portrait.html").write_bytes(portrait.body)
    with files(folder, "/portrait.html") as peer:
        [file] = ask(peer, ["/portrait.html"])
        found = [
            (_rate(served, address, portrait), _rate(peer, "/portrait.html", file))
            for _ in range(ROUNDS)
        ]
    ours, theirs = zip(*found, strict=True)
    return Rates(statistics.median(ours), statistics.median(theirs))


def _rate(server: Served, address: str, known: Answer) -> float:
    return rate(server, address, known.etag, SECONDS)


def _say(text: str) -> None:
    print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m bench.web", description="Mesures du site.")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    parser.add_argument("--scale", choices=list(DISK), default="france")
    parser.add_argument("--page", type=Path, help="page Markdown à écrire")
    parser.add_argument("--whole", action="store_true", help="tout dire, pas seulement le verdict")
    return parser
