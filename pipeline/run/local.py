"""Workers as processes of this machine, one a core; dead and hanging ones are replaced."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from functools import cache
from multiprocessing.connection import Connection, wait
from typing import Any

from pipeline.run.jobs import Job, Outcome, time_limit
from pipeline.run.worker import ENVIRONMENT, Worker, WorkerSpec
from pipeline.settings import RunSettings

#: Workers that die before they are ready, one after the other, before the run gives up.
FAILED_STARTS = 3


class LocalEngine:
    """Worker processes, each with a pipe; see :class:`pipeline.run.jobs.Engine`."""

    def __init__(self, spec: WorkerSpec, workers: int, settings: RunSettings) -> None:
        os.environ.update(ENVIRONMENT)  # inherited; libraries read it when they are imported
        self._spec, self._settings = spec, settings
        self._failed_starts = 0
        self._most = workers
        self._workers: list[_Process] = []  # started as jobs come

    def free(self) -> bool:
        return len(self._workers) < self._most or any(w.job is None for w in self._workers)

    def submit(self, job: Job) -> None:
        worker = self._idle()
        limit = time_limit(job, self._settings.timeout_seconds, self._settings.chars_per_second)
        worker.give(job, limit)

    def _idle(self) -> "_Process":
        """A worker without a job: one that waits, or a new one in its place when it is worn out."""
        for index, worker in enumerate(self._workers):
            if worker.job is None:
                if worker.exhausted or worker.jobs == self._settings.jobs_per_worker:
                    worker.kill()
                    self._workers[index] = _Process(self._spec)
                return self._workers[index]
        self._workers.append(_Process(self._spec))
        return self._workers[-1]

    def collect(self, timeout: float) -> list[Outcome]:
        waiting: list[Any] = [w.connection for w in self._workers]
        waiting += [w.process.sentinel for w in self._workers]
        wait(waiting, timeout)
        outcomes = (self._look_at(index) for index in range(len(self._workers)))
        return [outcome for outcome in outcomes if outcome]

    def close(self) -> None:
        for worker in self._workers:
            worker.kill()

    def _look_at(self, index: int) -> Outcome | None:
        worker = self._workers[index]
        message = worker.message()
        if message is not None:
            self._failed_starts = 0
            return message
        if worker.gone:
            worker.process.join(timeout=10)  # its exit code may come later than the pipe's end
            return self._replace(index, f"The worker died ({_reason(worker)}).", "died")
        if worker.overdue():
            return self._replace(index, f"No result within {worker.limit:.0f} s.", "timeout")
        return None

    def _replace(self, index: int, reason: str, kind: Any) -> Outcome | None:
        """A new worker in the place of a dead or hanging one; its job is lost."""
        worker = self._workers[index]
        worker.kill()
        if not worker.ready:
            self._failed_starts += 1
        job = worker.job
        if self._failed_starts >= FAILED_STARTS:
            job = job or Job(-1, "", ())
            return Outcome(job, fatal=f"Workers die before they are ready: {reason}")
        self._workers[index] = _Process(self._spec)
        if job is None:
            return None
        if not worker.ready:  # not the job's fault
            self._workers[index].give(job, worker.limit)
            return None
        return Outcome(job, lost=reason, kind=kind)


@cache
def _context() -> Any:
    """How processes are made: forked from a server that has imported the libraries, but has no
    threads and no models, so that a dead worker is replaced at once; spawned where that can't be.
    """
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.run.process"])
    return context


class _Process:
    """One worker process and the job it has."""

    def __init__(self, spec: WorkerSpec) -> None:
        self.connection, theirs = _context().Pipe()
        self.process = _context().Process(target=serve, args=(theirs, spec), daemon=True)
        self.process.start()
        theirs.close()
        self.job: Job | None = None
        self.ready = self.gone = self.exhausted = False
        self.limit = 0.0
        self.jobs = 0
        self._since = time.monotonic()

    def give(self, job: Job, limit: float) -> None:
        self.job, self.limit, self._since = job, limit, time.monotonic()
        with contextlib.suppress(OSError):  # a dead worker is found out when it is looked at
            self.connection.send(job)

    def message(self) -> Outcome | None:
        """What the worker says; its being ready is noted."""
        try:
            if not self.connection.poll():
                return None
            received = self.connection.recv()
        except (EOFError, OSError):  # nothing more can come
            self.gone = True
            return None
        if received == "ready":
            self.ready, self._since = True, time.monotonic()
            return None
        self.job = None
        self.jobs += 1
        outcome: Outcome = received
        self.exhausted = outcome.lost is not None
        return outcome

    def overdue(self) -> bool:
        return self.ready and self.job is not None and time.monotonic() > self._since + self.limit

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()


def serve(connection: Connection, spec: WorkerSpec) -> None:
    """The main function of a worker process: jobs in, outcomes out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    worker = Worker(spec)
    if error := worker.load():
        connection.send(Outcome(Job(-1, "", ()), fatal=error))
        return
    connection.send("ready")
    with contextlib.suppress(EOFError):
        while True:
            connection.send(worker.do(connection.recv()))


def _end_with_parent() -> None:
    """Leave at once when the run is killed, so that no worker works on without it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _reason(worker: _Process) -> str:
    code = worker.process.exitcode
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
