"""Papers as a tagged PDF, from the very blocks their templates are made from."""

from pathlib import Path

from maillage.documents.pages.printer import pdf
from maillage.documents.papers.blocks import Context, read_paper
from maillage.documents.papers.filling import filled


def paper_pdf(
    name: str, context: Context, folder: Path | None = None, most: int = 0, best: int = 0
) -> bytes:
    """``most``: pages it should keep to, set a little smaller if need be; ``best``: those it takes
    when that is hardly seen."""
    return pdf("paper", filled(read_paper(name, folder), context), most, best)


def papers_pdf(
    name: str, title: str, running: str, contexts: list[Context], folder: Path | None = None
) -> bytes:
    """The same paper for several contents, one after the other, each from a new page."""
    paper = read_paper(name, folder)
    blocks: list[object] = []
    for rank, context in enumerate(contexts):
        blocks += [{"kind": "turn"}] * bool(rank)
        blocks += filled(paper, context)["blocks"]
    return pdf("paper", {"title": title, "running": running, "blocks": blocks})
