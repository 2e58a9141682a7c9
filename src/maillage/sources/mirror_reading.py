"""Reads the files of a mirror, one flow and year after another, and keeps the account of each.

What must be weighed together (files of one flow and year) is read together; the rest leaves
memory as soon as it is written.
"""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from maillage.common.errors import InputError
from maillage.engine.dataset import FlowCells
from maillage.sources.copies import without_copies
from maillage.sources.layouts import Context, Reading, derived_layout_of, layout_of
from maillage.sources.mirror import MatchedFile, MirrorScan, Refusal
from maillage.sources.report import BuildReport, FileReport, file_report
from maillage.sources.shelf import Shelf


def read_files(scan: MirrorScan, context: Context, shelf: Shelf) -> BuildReport:
    """Reads every known file into ``shelf``; the derived ones last."""
    files, copies = without_copies(scan.files)
    context = replace(context, files=files)
    derived = [file for file in files if derived_layout_of(file)]
    shelf.keep = lambda cells: _needed(cells, derived, context)
    reports: list[FileReport] = []
    refused = [*scan.refused, *copies]
    for group in [*_groups(file for file in files if file not in derived), derived]:
        readings, faults = _read_group(group, replace(context, flows=tuple(shelf.kept)))
        refused.extend(faults)
        shelf.put(readings)
        reports.extend(file_report(r.file, r.account, shelf.gave(r)) for r in readings)
    refused.extend(shelf.refused)
    return BuildReport(
        files=tuple(sorted((r for r in reports if r.gave), key=lambda r: r.file)),
        refused=tuple(sorted(refused, key=lambda refusal: (refusal.file, refusal.reason))),
        unmatched=tuple(_unknown(scan, context)),
        references=context.bundle.report,
    )


def _needed(cells: FlowCells, derived: Iterable[MatchedFile], context: Context) -> FlowCells | None:
    """What derived files will read of these cells; None when nothing."""
    layouts = ((derived_layout_of(file), file) for file in derived)
    found = (layout.needed(cells, file, context) for layout, file in layouts if layout)
    return next((needed for needed in found if needed), None)


def _groups(files: Iterable[MatchedFile]) -> Iterator[list[MatchedFile]]:
    """Files by flow and year; by flow alone where some file has its years in its rows."""
    by_flow: dict[str, list[MatchedFile]] = defaultdict(list)
    for file in files:
        by_flow[file.card.flow or file.name].append(file)
    for flow in sorted(by_flow):
        by_year: dict[int, list[MatchedFile]] = defaultdict(list)
        known = all(file.year for file in by_flow[flow])
        for file in by_flow[flow]:
            by_year[file.year if known else 0].append(file)
        yield from (by_year[year] for year in sorted(by_year))


def _read_group(
    files: Sequence[MatchedFile], context: Context
) -> tuple[list[Reading], list[Refusal]]:
    readings, refused = [], []
    for file in files:
        context.progress(f"Lecture de {file.name}")
        folder = _fresh_folder(context.workdir)
        try:
            readings.append(layout_of(file).read(file, replace(context, workdir=folder)))
        except InputError as error:
            refused.append(Refusal(file.name, str(error), file.card.id))
        finally:
            shutil.rmtree(folder)
    return readings, refused


def _fresh_folder(workdir: Path) -> Path:
    folder = workdir / "file"
    folder.mkdir()
    return folder


def _unknown(scan: MirrorScan, context: Context) -> Iterator[str]:
    """Files no card knows, references included."""
    read = {item.file for item in context.bundle.report.files}
    globs = [
        glob.lower()
        for card in context.catalog.sources.values()
        if card.kind not in ("flow", "stock", "grant")
        for glob in card.names
    ]
    for name in scan.unmatched:
        last = PurePosixPath(name).name.lower()
        if name not in read and not any(fnmatch(last, glob) for glob in globs):
            yield name
