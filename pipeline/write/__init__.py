"""Events and documents as typed Parquet tables, written atomically."""
