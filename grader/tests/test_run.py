"""Processes end, whatever they do, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.run import REPORT_FD, Limits, run



def test_status_and_both_outputs_are_told(tmp_path: Path) -> None:
    done = run(["/bin/sh", "-c", "echo out; echo err >&2; exit 7"], Limits(20), cwd=tmp_path)
    assert (done.status, done.output, done.timed_out) == (7, "out\nerr\n", False)


def test_a_report_travels_apart_from_the_output(tmp_path: Path) -> None:
    script = "import os, sys; os.write(int(sys.argv[1]), b'told\\n'); print('said')"
    done = run([sys.executable, "-c", script, REPORT_FD], Limits(20), cwd=tmp_path)
    assert (done.report, done.output) == ("told\n", "said\n")


def test_output_is_read_to_the_end_and_cut(tmp_path: Path) -> None:
    done = run(
        ["/bin/sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' x"], Limits(20, output_bytes=1000), cwd=tmp_path
    )
    assert (done.status, done.output) == (0, "x" * 1000)


def test_time_that_is_up_ends_the_whole_group(tmp_path: Path) -> None:
    done = run(["/bin/sh", "-c", "sleep 300 & echo $!; sleep 300"], Limits(0.5), cwd=tmp_path)
    assert done.timed_out and done.status == -signal.SIGKILL
    assert is_gone(int(done.output))


def test_an_ended_process_is_not_kept_waiting_for_what_it_left(tmp_path: Path) -> None:
    done = run(["/bin/sh", "-c", "sleep 300 & echo $!"], Limits(60), cwd=tmp_path)
    assert (done.status, done.timed_out) == (0, False)
    assert is_gone(int(done.output))


def test_limits_hold(tmp_path: Path) -> None:
    script = "ulimit -v; ulimit -c; head -c 100000 /dev/zero > big; echo; wc -c < big"
    done = run(
        ["/bin/sh", "-c", script], Limits(20, memory_bytes=512 << 20, file_bytes=8192), cwd=tmp_path
    )
    lines = done.output.split()
    assert lines[:2] == [str(512 << 10), "0"]
    assert lines[-1] == "8192"


def test_input_is_empty(tmp_path: Path) -> None:
    assert run(["cat"], Limits(20), cwd=tmp_path).output == ""


def test_a_program_that_is_missing_is_named(tmp_path: Path) -> None:
    done = run(["/no/such/program"], Limits(20), cwd=tmp_path)
    assert done.status == 127 and "/no/such/program" in done.output
    with pytest.raises(GraderError, match="can't be started"):
        run(["true"], Limits(20), cwd=tmp_path / "absent")


def test_no_descriptor_is_lost(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        run(["true"], Limits(20), cwd=tmp_path)
        with pytest.raises(GraderError):
            run(["true"], Limits(20), cwd=tmp_path / "absent")
    assert len(os.listdir("/proc/self/fd")) == before


def is_gone(pid: int) -> bool:
    """Wait until a killed process is gone; init may take a moment to notice."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False
