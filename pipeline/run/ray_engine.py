"""Workers as Ray actors, on a cluster or on a local one that the run starts."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pipeline
from pipeline.run.jobs import Job, Outcome, time_limit
from pipeline.run.worker import ENVIRONMENT, Worker, WorkerSpec
from pipeline.settings import RunSettings

#: Shared memory of a local Ray: jobs are small.
_LOCAL_OBJECT_STORE = 200 * 2**20
#: Actors that do not start, one after the other, before the run gives up.
FAILED_STARTS = 3


class RayMissingError(ValueError):
    """Ray is not installed."""


class RayEngine:
    """One actor a worker; see :class:`pipeline.run.jobs.Engine`.

    With ``run.ray_address`` (``auto``, ``ray://head:10001``) the actors run on that cluster; this
    package and the folder of the config go there through Ray's runtime environment. The output
    must be a place that every node reaches, such as ``s3://…``. Annotations are kept only where
    ``annotate.cache`` names a folder that every node reaches. Raises RayMissingError.
    """

    def __init__(self, spec: WorkerSpec, workers: int, settings: RunSettings) -> None:
        self._ray = _import_ray()
        self._settings = settings
        self._failed_starts = 0
        self._started_ray = not self._ray.is_initialized()
        if settings.ray_address:
            spec = self._connect(spec, settings.ray_address)
        elif self._started_ray:
            self._start(workers)
        self._spec = spec
        cpus = int(self._ray.cluster_resources().get("CPU", 1))
        self._most = settings.workers or cpus
        self._actors: list[_Actor] = []  # started as jobs come

    def free(self) -> bool:
        return len(self._actors) < self._most or any(a.job is None for a in self._actors)

    def submit(self, job: Job) -> None:
        actor = next((actor for actor in self._actors if actor.job is None), None)
        if actor is None:
            actor = self._actor()
            self._actors.append(actor)
        actor.give(job)

    def collect(self, timeout: float) -> list[Outcome]:
        waiting = [ref for actor in self._actors for ref in actor.refs]
        self._ray.wait(waiting, num_returns=1, timeout=timeout)
        outcomes = (self._look_at(place) for place in range(len(self._actors)))
        return [outcome for outcome in outcomes if outcome]

    def close(self) -> None:
        for actor in self._actors:
            self._ray.kill(actor.handle)
        if self._started_ray:
            self._ray.shutdown()

    def _start(self, workers: int) -> None:
        os.environ.update(ENVIRONMENT)  # inherited by Ray's processes
        self._ray.init(
            address="local",  # never a cluster that happens to run here
            num_cpus=workers,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="ERROR",
            object_store_memory=_LOCAL_OBJECT_STORE,
        )

    def _connect(self, spec: WorkerSpec, address: str) -> WorkerSpec:
        """Join a cluster; the config is then a file of the actors' working folder."""
        config = Path(spec.config).resolve()
        environment = {
            "py_modules": [str(Path(pipeline.__file__).parent)],
            "working_dir": str(config.parent),
            "env_vars": ENVIRONMENT,
        }
        if self._started_ray:
            self._ray.init(
                address=address,
                runtime_env=environment,
                log_to_driver=False,
                logging_level="ERROR",
            )
        output = spec.output if "://" in spec.output else str(Path(spec.output).resolve())
        return replace(spec, config=config.name, output=output)

    def _actor(self) -> "_Actor":
        remote = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Worker)
        return _Actor(self._ray, remote.remote(self._spec), self._settings)

    def _look_at(self, place: int) -> Outcome | None:
        actor = self._actors[place]
        try:
            outcome = actor.outcome()
        except self._ray.exceptions.RayError as error:
            return self._replace(place, f"The worker died ({_last_line(error)}).", "died")
        if outcome is not None:
            self._failed_starts = 0
            if outcome.lost or actor.jobs == self._settings.jobs_per_worker:
                self._ray.kill(actor.handle)
                self._actors[place] = self._actor()
        elif actor.overdue():
            return self._replace(place, f"No result within {actor.limit:.0f} s.", "timeout")
        return outcome

    def _replace(self, place: int, reason: str, kind: Any) -> Outcome | None:
        """A new actor in the place of a dead or hanging one; its job is lost."""
        actor = self._actors[place]
        self._ray.kill(actor.handle)
        job = actor.job
        if not actor.ready:
            self._failed_starts += 1
            if self._failed_starts >= FAILED_STARTS:
                return Outcome(job or Job(-1, "", ()), fatal=f"Workers do not start: {reason}")
        self._actors[place] = self._actor()
        if job is None:
            return None
        if not actor.ready:  # not the job's fault
            self._actors[place].give(job)
            return None
        return Outcome(job, lost=reason, kind=kind)


class _Actor:
    """An actor, the job it has, and since when."""

    def __init__(self, ray: Any, handle: Any, settings: RunSettings) -> None:
        self.handle, self.ready, self.limit = handle, False, 0.0
        self._ray, self._settings = ray, settings
        self._loaded = handle.load.remote()
        self._result: Any = None
        self._since = time.monotonic()
        self.job: Job | None = None
        self.jobs = 0

    @property
    def refs(self) -> list[Any]:
        """What Ray may be asked to wait for."""
        refs = [] if self.ready else [self._loaded]
        return refs + ([self._result] if self._result is not None else [])

    def give(self, job: Job) -> None:
        self.job, self._since = job, time.monotonic()
        self.limit = time_limit(
            job, self._settings.timeout_seconds, self._settings.chars_per_second
        )
        self._result = self.handle.do.remote(job)

    def outcome(self) -> Outcome | None:
        """The job's outcome, if it has ended. Raises Ray's errors."""
        if not self.ready and self._done(self._loaded):
            if error := self._ray.get(self._loaded):
                return Outcome(self.job or Job(-1, "", ()), fatal=error)
            self.ready, self._since = True, time.monotonic()
        if self._result is None or not self._done(self._result):
            return None
        found: Outcome = self._ray.get(self._result)
        self.job = self._result = None
        self.jobs += 1
        return found

    def overdue(self) -> bool:
        return self.ready and self.job is not None and time.monotonic() > self._since + self.limit

    def _done(self, ref: Any) -> bool:
        return bool(self._ray.wait([ref], timeout=0)[0])


def _import_ray() -> Any:
    try:
        import ray
    except ImportError:
        raise RayMissingError("--engine ray needs Ray: pip install '.[ray]'") from None
    return ray


def _last_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else type(error).__name__
