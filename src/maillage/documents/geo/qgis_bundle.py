"""One zip to open in QGIS: the GeoPackage, the project beside it, and how to go about it."""

import io
import tempfile
import zipfile
from pathlib import Path

from maillage.documents.geo.geopackage import write_geopackage
from maillage.documents.geo.layers import Atlas
from maillage.documents.geo.project import project

#: Zip files start their calendar in 1980: one date for all, so that the same answer gives the
#: same bytes.
_DAY = (2025, 1, 1, 0, 0, 0)
READ_ME = """{title}

1. Décompressez tout le dossier.
2. Ouvrez « {stem}.qgz » dans QGIS 3.22 ou suivant : les couches sont déjà mises en forme.
3. La mise en page « A3 paysage » est dans le menu Projet > Mises en page.

« {stem}.gpkg » s’ouvre aussi seul ; ses styles sont à l’intérieur.
Gardez les deux fichiers dans le même dossier.

{facts}
"""


def qgis_bundle(atlas: Atlas) -> bytes:
    """``<stem>.gpkg``, ``<stem>.qgz`` and ``LISEZMOI.txt`` in a folder."""
    stem = atlas.workbook.stem
    stream = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bundle,
    ):
        path = Path(folder) / f"{stem}.gpkg"
        write_geopackage(atlas, path)
        _put(bundle, f"{stem}/{stem}.gpkg", path.read_bytes())
        _put(bundle, f"{stem}/{stem}.qgz", _qgz(atlas))
        _put(bundle, f"{stem}/LISEZMOI.txt", _read_me(atlas).encode())
    return stream.getvalue()


def _qgz(atlas: Atlas) -> bytes:
    stem, stream = atlas.workbook.stem, io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, f"{stem}.qgs", project(atlas, f"{stem}.gpkg").encode())
    return stream.getvalue()


def _put(bundle: zipfile.ZipFile, name: str, data: bytes) -> None:
    bundle.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)


def _read_me(atlas: Atlas) -> str:
    workbook = atlas.workbook
    facts = "\n".join(f"{fact.label} : {fact.value}" for fact in workbook.facts)
    return READ_ME.format(title=workbook.title, stem=workbook.stem, facts=facts)
