"""DuckDB for dataset versions: in memory, with a limit, spilling to a given folder."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from graph.errors import StorageError

if TYPE_CHECKING:
    import duckdb

#: Rows of a batch, and of a row group.
BATCH = 20_000

_MEMORY = "512MB"
_REFUSED = "failed to allocate"


@contextmanager
def engine(spill: Path, memory: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a DuckDB connection that keeps what does not fit in memory in the folder `spill`.

    Parameters
    ----------
    spill : Path
        The folder.
    memory : str
        How much it may hold before it spills, in words of DuckDB; empty: what an ingestion takes.

    Raises
    ------
    OSError
        If there is no room for that.
    StorageError
        If a step cannot be spilled.
    """
    import duckdb  # here: who only lists versions need not pay for it

    connection = duckdb.connect(
        config={
            "memory_limit": memory or _MEMORY,
            "temp_directory": str(spill),
            "threads": min(4, os.cpu_count() or 1),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,  # they would be downloads
            "autoload_known_extensions": False,
        }
    )
    try:
        yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        if _REFUSED in str(error):
            raise StorageError(
                f"A step of this work needs more than the {memory or _MEMORY} of memory that it "
                "may take. Please report it, with the number of rows."
            ) from error
        # It counts what it spilled, and may stop before the file system does.
        full = any(word in str(error) for word in ("max_temp_directory_size", "No space left"))
        number = errno.ENOSPC if full else errno.EIO
        raise OSError(number, str(error).splitlines()[0]) from error
    finally:
        connection.close()


def read_parquet(connection: duckdb.DuckDBPyConnection, file: Path) -> duckdb.DuckDBPyRelation:
    """Return the rows of a Parquet file."""
    return connection.from_parquet(
        glob.escape(str(file)),
        hive_partitioning=False,  # a folder called `set=x` is but a folder
    )


def batches(rows: duckdb.DuckDBPyRelation, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Stream rows as batches of the schema."""
    for batch in rows.to_arrow_reader(BATCH):
        yield batch.select(schema.names).cast(schema)
