"""The batch engine: shards, worker processes, resume, accounting."""
