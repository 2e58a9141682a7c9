"""The engines a build can run on."""

from pathlib import Path

from maillage.common.errors import InputError
from maillage.sources.batch import Batch
from maillage.sources.duckdb_batch import DuckDbBatch

SPARK_MASTER = "SPARK_MASTER_URL"


def open_batch(engine: str, workdir: Path) -> Batch:
    """The batch of that name, ``duckdb`` or ``spark``. InputError when it is not installed."""
    if engine == "duckdb":
        return DuckDbBatch(workdir)
    try:
        from maillage.sources.spark_batch import SparkBatch
    except ModuleNotFoundError as error:
        raise InputError(
            problem="Spark n’est pas installé.",
            remedy="installez l’extra « spark » de Maillage et un Java 17, ou gardez le moteur "
            "« duckdb ».",
        ) from error
    return SparkBatch(workdir)
