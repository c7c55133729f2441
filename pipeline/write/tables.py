"""Rows as Arrow tables of the public schema, and tables as Parquet bytes."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def table(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows (dicts with a key for every column) as a table of exactly ``schema``.

    Raises KeyError for a row without one of the columns, pyarrow.ArrowInvalid for a wrong type.
    """
    rows = list(rows)
    columns = [
        pa.array([row[field.name] for row in rows], type=field.type)  # never inferred
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def parquet_bytes(tables: Iterable[pa.Table], schema: pa.Schema) -> bytes:
    """A Parquet file (zstd) with a row group for each table; the same tables, the same bytes."""
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, schema, compression="zstd", version="2.6") as writer:
        for part in tables:
            if part.num_rows:
                writer.write_table(part)
    return sink.getvalue().to_pybytes()
