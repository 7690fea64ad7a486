"""Where fibers do not work real threads are used, it is said, and they find the bugs, too."""

from __future__ import annotations

import ctypes
import platform
import shutil
from pathlib import Path

import pytest
from collection import BUGS, Lab, Pair, pairs
from cross import EMULATED_HERE

from grader.errors import GraderError
from grader.exploring.library import Target

# The quick ones, and those that take most of the budget; all of them with --threads.
SOME = ("locks_without_order", "stack_with_aba", "future_freed_during_broadcast", "philosophers_all_left_first",
        "stop_flag_not_atomic", "wait_without_loop", "sleep_instead_of_waiting",
        "time_limit_taken_for_success")  # fmt: skip
CLEAN = BUGS / "thread_never_joined_mended.c"
BUDGET_ON_THREADS = 500


@pytest.fixture(scope="module")
def on_threads() -> Lab:
    """Return a lab that searches on real threads."""
    return Lab(on_threads=True)


@pytest.mark.parametrize("pair", [pair for pair in pairs() if pair.name in SOME], ids=lambda pair: pair.name)
def test_real_threads_find_the_bug_within_their_budget(on_threads: Lab, pair: Pair) -> None:
    complaints = on_threads.examine(pair, seeds=1, replays=1).complaints
    assert not complaints, "\n".join(complaints)


def test_real_threads_have_a_smaller_budget_and_say_why_they_are_used(on_threads: Lab, tmp_path: Path) -> None:
    outcome = on_threads.explore(on_threads.build(CLEAN, tmp_path), {})
    assert (outcome.backend, outcome.why_threads) == ("pthreads", "asked for")
    assert outcome.budget == BUDGET_ON_THREADS
    assert BUDGET_ON_THREADS <= outcome.schedules <= 5 * BUDGET_ON_THREADS


def has_fsgsbase() -> bool:
    """Ask the kernel what the processor can do, as glibc keeps it."""
    at_hwcap2, fsgsbase = 26, 2
    return bool(ctypes.CDLL(None).getauxval(at_hwcap2) & fsgsbase)


@pytest.mark.skipif(platform.machine() != "x86_64" or not has_fsgsbase(), reason="no fsgsbase")
def test_fibers_are_used_where_they_can_be(tmp_path: Path) -> None:
    lab = Lab()
    outcome = lab.explore(lab.build(CLEAN, tmp_path), {})
    assert (outcome.backend, outcome.why_threads) == ("fibers", "")
    assert outcome.budget > BUDGET_ON_THREADS


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x86-64 only")
@pytest.mark.skipif(not shutil.which(EMULATED_HERE.emulator[0]), reason=f"{EMULATED_HERE.emulator[0]} is not here")
def test_a_processor_without_fsgsbase_gets_real_threads(tmp_path: Path) -> None:
    lab = Lab(EMULATED_HERE)
    outcome = lab.explore(lab.build(CLEAN, tmp_path), {"schedules": 4})
    assert outcome.backend == "pthreads" and "fsgsbase" in outcome.why_threads
    assert outcome.bug is None


# ----- what the explorer can't do without -----


def test_too_few_addresses_are_told_in_a_line(tmp_path: Path) -> None:
    lab = Lab(Target(emulator=("/bin/sh", "-c", 'ulimit -v 60000; exec "$@"', "sh")))
    program = lab.build(CLEAN, tmp_path)
    with pytest.raises(GraderError, match=r"explorer: \d+ MiB at 0x[0-9a-f]+ can't be mapped .*ulimit -v"):
        lab.explore(program, {})


def test_a_program_that_is_not_linked_low_is_told_in_a_line(tmp_path: Path) -> None:
    lab = Lab()
    program = lab.build(CLEAN, tmp_path, "-Wl,-Ttext-segment=0x50000000")
    with pytest.raises(GraderError, match=r"fixed low address \(-no-pie\)"):
        lab.explore(program, {})


def test_a_missing_objcopy_is_told_in_a_line() -> None:
    with pytest.raises(GraderError, match=r"no-such-objcopy was not found"):
        Target(binutils="no-such-").tool("objcopy")


def test_an_objcopy_that_can_not_rename_is_told_in_a_line(tmp_path: Path) -> None:
    lab = Lab(Target(binutils=f"{tmp_path}/poor-"))
    (tmp_path / "poor-readelf").symlink_to(shutil.which("readelf") or "readelf")
    objcopy = tmp_path / "poor-objcopy"
    objcopy.write_text("#!/bin/sh\necho \"unrecognized option '$1'\"; echo 'Usage: ...'; exit 1\n")
    objcopy.chmod(0o755)
    with pytest.raises(GraderError, match=r"objcopy can't do what the explorer needs: unrecognized option \S+$"):
        lab.build(CLEAN, tmp_path)
