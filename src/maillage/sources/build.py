"""``build``: a folder of official files in, an edition out, whole or not at all."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from maillage.catalog.load import Catalog, load_catalog
from maillage.common.errors import InputError
from maillage.common.french import counted
from maillage.engine.writer import EditionWriter
from maillage.sources.batch import Batch
from maillage.sources.engines import open_batch
from maillage.sources.layouts import Context
from maillage.sources.layouts.od_table import mentioned_codes
from maillage.sources.mirror import MirrorScan, Refusal, scan_mirror
from maillage.sources.mirror_reading import read_files
from maillage.sources.references import read_geography
from maillage.sources.report import BuildReport
from maillage.sources.shelf import Shelf

Progress = Callable[[str], None]


@dataclass(frozen=True)
class BuildResult:
    """The edition that a build published, and its account."""

    edition_id: str
    path: Path
    report: BuildReport


def build(
    mirror: Path,
    editions: Path,
    *,
    catalog: Catalog | None = None,
    cards: Path | None = None,
    cog: int = 2025,
    epci_year: int = 2025,
    engine: str = "duckdb",
    strict: bool = False,
    progress: Progress = lambda _: None,
) -> BuildResult:
    """Publish an edition of the files of ``mirror`` in the folder ``editions``.

    A bad file is refused whole, its reason in the report; the others still make an edition,
    unless ``strict``. ``cards`` is a folder of the user's own. Raises InputError when the mirror
    holds no geography, another build is under way, or the disk is full: the edition in service
    then stays.
    """
    known = catalog or load_catalog(cards)
    with EditionWriter(editions) as writer:
        workdir = writer.path / "tmp"
        workdir.mkdir()
        scan = scan_mirror(mirror, known, progress)
        with closing(open_batch(engine, workdir)) as batch:
            progress("Géographie officielle")
            bundle = read_geography(
                mirror,
                known,
                cog=cog,
                epci_year=epci_year,
                codes=lambda: _mentioned(scan, batch, workdir),
                progress=progress,
            )
            writer.write_geography(bundle.geography)
            writer.write_former(bundle.passages.former())
            writer.write_catalog(known)
            for shapes in bundle.geometry.levels:
                writer.write_geometry(shapes)
            context = Context(known, bundle, batch, workdir, progress)
            report = read_files(scan, context, Shelf(writer))
        if strict and report.refused:
            raise _refused(report.refused)
        writer.write_report(report.to_json())
        progress("Publication de l’édition")
        id = writer.publish()
    return BuildResult(id, editions / id, report)


def _mentioned(scan: MirrorScan, batch: Batch, workdir: Path) -> set[str]:
    """Places of the user's own tables of flows, for a country without references."""
    tables = [file for file in scan.files if file.card.layout == "od_table"]
    return {code for file in tables for code in mentioned_codes(file, batch, workdir)}


def _refused(refusals: Sequence[Refusal]) -> InputError:
    reasons = "\n".join(f"- {refusal.reason}" for refusal in refusals)
    return InputError(
        problem=f"{counted(len(refusals), 'fichier refusé', 'fichiers refusés')}, et rien n’est "
        f"publié, comme demandé :\n{reasons}\n",
        remedy="corrigez ou retirez ces fichiers, ou construisez sans « --strict ».",
    )
