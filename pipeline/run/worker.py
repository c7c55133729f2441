"""A worker: loads the pipeline once, then turns jobs into results. Shared by all engines."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.run.jobs import Job, Outcome
    from pipeline.run.shards import Processed

#: One thread a process: workers share the cores by being as many as there are. oneDNN, below torch,
#: keeps code for each shape of tensors, up to 1,024 of them; sentences have endless shapes, so that
#: this brings no time, but memory that grows and breaks up until the limit is reached.
ENVIRONMENT = {
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "0",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(frozen=True, slots=True)
class WorkerSpec:
    """All a worker needs to know; goes to it by pickle.

    ``config`` is the config's path and ``overrides`` spaCy's dotted ones; rows carry the hashes.
    """

    config: str
    output: str
    run_hash: str
    model_id: str
    config_hash: str
    pipeline_version: str
    overrides: Mapping[str, Any] = field(default_factory=dict)


class Worker:
    """Holds the loaded pipeline; :meth:`do` handles one job after the other.

    Errors are handed back as text: not every exception can cross to another process.
    """

    def __init__(self, spec: WorkerSpec) -> None:
        self._spec = spec
        self._sound = False  # whether articles came through

    def load(self) -> str | None:
        """Load the pipeline; returns the error where it does not load."""
        os.environ.update(ENVIRONMENT)
        try:
            self._load()
        except Exception as error:
            return f"{type(error).__name__}: {error}"
        return None

    def do(self, job: "Job") -> "Outcome":
        """Process a job: a whole shard is committed, a single article's rows are handed back.

        A fatal outcome says that the rows could not be written; one that is lost, that this process
        is to be replaced.
        """
        from pipeline.run.jobs import Outcome

        try:
            processed = self._processor.process(job.articles)
            if job.alone is not None:
                return Outcome(job, processed=processed)
            if reason := self._exhausted(job, processed):
                return Outcome(job, lost=reason, kind="died")
            finished = self._files.commit(job.shard, job.key, processed)
            return Outcome(job, finished=finished)
        except Exception as error:
            return Outcome(job, fatal=str(error) or type(error).__name__)
        finally:
            self._memory.tidy()

    def _exhausted(self, job: "Job", processed: Sequence["Processed"]) -> str | None:
        """Why this process can do no more, as when its memory is at its limit; None where it can.

        Articles came through before, and of several now none does: that is not their fault.
        """
        worked = [
            p for article, p in zip(job.articles, processed, strict=True) if article.status == "ok"
        ]
        failed = [p.document["error"] for p in worked if p.document["status"] == "failed"]
        if len(failed) > 1 and len(failed) == len(worked) and self._sound:
            return f"All {len(failed)} articles of a shard failed, the last with: {failed[-1]}"
        self._sound = self._sound or len(failed) < len(worked)
        return None

    def _load(self) -> None:
        import pipeline
        from pipeline.run.memory import Memory
        from pipeline.run.process import Processor
        from pipeline.run.shards import ShardFiles
        from pipeline.settings import Settings
        from pipeline.write.rows import Provenance
        from pipeline.write.store import Store

        spec = self._spec
        nlp = pipeline.load(spec.config, dict(spec.overrides))
        settings = Settings.of(nlp.config)
        self._memory = Memory(nlp, settings.run.memory_gb)
        provenance = Provenance(spec.model_id, spec.config_hash, spec.pipeline_version)
        self._processor = Processor(nlp, settings, provenance)
        self._files = ShardFiles(Store(spec.output), spec.run_hash)
