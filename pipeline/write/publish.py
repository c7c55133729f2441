"""Finished shards as the published tables: few files, all rows in the order of the input."""

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.write.store import Store
from pipeline.write.tables import parquet_bytes

#: Rows of a row group, at least (but for a file's last).
ROW_GROUP = 50_000


def publish(store: Store, folder: str, parts: Iterable[bytes], schema: pa.Schema, rows: int) -> int:
    """Write ``folder/part-NNNNN.parquet`` of at most about ``rows`` rows; remove older parts.

    ``parts`` are Parquet files of ``schema``. At least one file is written, so that an empty
    table has its columns too. Returns the number of rows. Raises OutputError.
    """
    total, written = 0, []
    for number, groups in enumerate(_files(_groups(parts), rows)):
        name = f"part-{number:05}.parquet"
        store.write(f"{folder}/{name}", parquet_bytes(groups, schema))
        written.append(name)
        total += sum(group.num_rows for group in groups)
    if not written:
        written = ["part-00000.parquet"]
        store.write(f"{folder}/{written[0]}", parquet_bytes([], schema))
    for name in store.names(folder):
        if name.startswith(("part-", ".part-")) and name not in written:
            store.delete(f"{folder}/{name}")
    return total


def _groups(parts: Iterable[bytes]) -> Iterator[pa.Table]:
    """Tables of at least ROW_GROUP rows out of small ones."""
    taken: list[pa.Table] = []
    for part in parts:
        taken.append(pq.read_table(pa.BufferReader(part)))
        if sum(t.num_rows for t in taken) >= ROW_GROUP:
            yield pa.concat_tables(taken).combine_chunks()
            taken = []
    if taken:
        yield pa.concat_tables(taken).combine_chunks()


def _files(groups: Iterable[pa.Table], rows: int) -> Iterator[list[pa.Table]]:
    """Row groups for one file after the other."""
    taken: list[pa.Table] = []
    for group in groups:
        if taken and sum(t.num_rows for t in taken) + group.num_rows > rows:
            yield taken
            taken = []
        taken.append(group)
    if any(group.num_rows for group in taken):
        yield taken
