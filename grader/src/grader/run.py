"""Start processes: the only module that does.

Every process gets an argument list, limits, a session of its own, and no
input. When it has ended, or its time is up, whatever is left of its group is
killed. Its output is read to the end, and the first bytes of it are kept.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError

_PIECE = 65536
_REPORT_BYTES = 8 * 1024 * 1024
REPORT_FD = "{report}"  # in an argument list: the number of the report's descriptor


@dataclass(frozen=True)
class Limits:
    """What a process may use. None: no limit."""

    seconds: float  # wall time; a safety net, so generous
    output_bytes: int = 256 * 1024  # kept of stdout and stderr together
    memory_bytes: int | None = None  # of address space, for each process
    file_bytes: int | None = None  # for each file that it writes


@dataclass(frozen=True)
class Finished:
    """How a process ended, and what it wrote."""

    status: int  # exit status; negative: the signal that ended it
    output: str
    report: str  # what it wrote to the report's descriptor
    timed_out: bool
    seconds: float


def run(
    arguments: Sequence[str | Path],
    limits: Limits,
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
) -> Finished:
    """Run a program to its end, or to the end of its time."""
    started = time.monotonic()
    (output_end, output_start), (report_end, report_start) = os.pipe(), os.pipe()
    try:
        process = _start(arguments, limits, cwd, env, output_start, report_start)
    except OSError as error:
        os.close(output_end)
        os.close(report_end)
        raise GraderError(f"{arguments[0]} can't be started: {error.strerror}.") from error
    finally:
        os.close(output_start)
        os.close(report_start)
    reader = _Reader(process, {output_end: limits.output_bytes, report_end: _REPORT_BYTES})
    try:
        timed_out = reader.read_until(started + limits.seconds)
    finally:
        _kill_group(process)
        reader.read_rest()
        reader.close()
    seconds = time.monotonic() - started
    return Finished(process.wait(), reader.text(output_end), reader.text(report_end), timed_out, seconds)


def _start(
    arguments: Sequence[str | Path],
    limits: Limits,
    cwd: Path,
    env: Mapping[str, str] | None,
    output: int,
    report: int,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        _limited([str(argument).replace(REPORT_FD, str(report)) for argument in arguments], limits),
        cwd=cwd,
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=[report],
        start_new_session=True,
    )


def _limited(arguments: list[str], limits: Limits) -> list[str]:
    """Wrap a command in a shell that sets its limits, since these are inherited."""
    orders = ["ulimit -c 0"]
    if limits.memory_bytes is not None:
        orders.append(f"ulimit -v {limits.memory_bytes // 1024}")
    if limits.file_bytes is not None:
        orders.append(f"ulimit -f {limits.file_bytes // 512}")
    return ["/bin/sh", "-c", "; ".join([*orders, 'exec "$@"']), "limits", *arguments]


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left; the group outlives its leader until that is waited for."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


class _Reader:
    """Reads several pipes of one process, and keeps the first bytes of each."""

    def __init__(self, process: subprocess.Popen[bytes], caps: dict[int, int]) -> None:
        self._caps = caps
        self._kept: dict[int, bytearray] = {pipe: bytearray() for pipe in caps}
        self._ended = os.pidfd_open(process.pid)
        self._selector = selectors.DefaultSelector()
        for descriptor in (*caps, self._ended):
            os.set_blocking(descriptor, False)
            self._selector.register(descriptor, selectors.EVENT_READ)

    def read_until(self, deadline: float) -> bool:
        """Read until the process has ended (False) or its time is up (True).

        An open pipe alone is not waited for: a process that was left behind
        may hold it.
        """
        while True:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                return True
            ready = {key.fd for key, _ in self._selector.select(remaining)}
            for pipe in ready - {self._ended}:
                self._read(pipe)
            if self._ended in ready:
                return False

    def read_rest(self) -> None:
        """Read what is in the pipes already."""
        for pipe in self._caps:
            while self._read(pipe):
                pass

    def text(self, pipe: int) -> str:
        """Return what was kept, as text."""
        return self._kept[pipe].decode("utf-8", errors="replace")

    def close(self) -> None:
        """Close every descriptor."""
        self._selector.close()
        for descriptor in (*self._caps, self._ended):
            os.close(descriptor)

    def _read(self, pipe: int) -> bool:
        try:
            piece = os.read(pipe, _PIECE)
        except BlockingIOError:
            return False
        if not piece and pipe in self._selector.get_map():
            self._selector.unregister(pipe)
        room = self._caps[pipe] - len(self._kept[pipe])
        self._kept[pipe] += piece[:room]
        return bool(piece)
