"""The engines a build can run on."""

import os
import shutil
from pathlib import Path

from maillage.common.errors import InputError
from maillage.sources.batch import Batch
from maillage.sources.duckdb_batch import DuckDbBatch


def open_batch(engine: str, workdir: Path) -> Batch:
    """The batch of that name, ``duckdb`` or ``spark``. InputError when it is not installed."""
    if engine == "duckdb":
        return DuckDbBatch(workdir)
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise _missing("Java")
    try:
        from maillage.sources.spark_batch import SparkBatch
    except ModuleNotFoundError as error:
        raise _missing("Spark") from error
    return SparkBatch(workdir)


def _missing(name: str) -> InputError:
    return InputError(
        problem=f"{name} n’est pas installé, et le moteur « spark » en a besoin.",
        remedy="installez l’extra « spark » de Maillage et un Java 17, ou gardez le moteur "
        "« duckdb ».",
    )
