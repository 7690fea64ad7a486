"""Code that crashes, hangs, cheats or floods gets a clear verdict of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from conftest import Workbook, call

# file, verdict of the check `doubles`, words that its message must have
CASES = [
    ("crash.c", "failed", ["crashed, signal 11", "crash.c:8", "null pointer"]),
    ("abort.c", "failed", ["abort"]),
    ("deadlock.c", "failed", [
        "Deadlock: it waits, and nobody is left", "at hostile/deadlock.c:11. It has locked",
        "itself, at hostile/deadlock.c:11, and",
    ]),
    ("gone_local.c", "failed", [
        "twice(3) is ", "gone_local.c:29, in twice: the local variable `result` is used after its function",
        "declared at hostile/gone_local.c:7, in doubled",
    ]),
    ("null_call.c", "failed", [
        "a function is called by a pointer that is NULL", "hostile/null_call.c:13: return rule.apply(number);",
    ]),
    ("hang.c", "timed_out", ["2 seconds"]),
    ("ignores_signals.c", "timed_out", ["2 seconds"]),
    ("exit_zero.c", "failed", ["status 0", "exit"]),
    ("constructor_exit.c", "failed", ["status 0"]),
    ("flood.c", "failed", ["printed more than 4 MiB"]),
    ("fork.c", "failed", ["process"]),
    ("fork_both_return.c", "failed", ["process"]),
    ("forged_report.c", "failed", ["descriptor"]),
    ("stack_overflow.c", "failed", ["crashed", "stack"]),
    ("undefined.c", "failed", ["`twice`"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "verdict", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_hostile_file_gets_its_own_verdict(
    grade: Workbook, name: str, verdict: str, words: list[str]
) -> None:
    done = grade(name)
    check = done.check("doubles")
    assert (done.code, done.err) == (1, "")
    assert (check["verdict"], check["points"]) == (verdict, 0)
    for word in words:
        assert word in check["message"]
    assert done.exercise["score"] == 0


CODES = {
    "crash.c": "W506", "abort.c": "W202", "deadlock.c": "W402", "gone_local.c": "W505", "null_call.c": "W506",
    "exit_zero.c": "W203", "flood.c": "W206", "fork.c": "W205", "stack_overflow.c": "W508",
    "undefined.c": "W113", "positive_only.c": "",
}  # fmt: skip


@pytest.mark.parametrize("name", CODES)
def test_a_failure_names_its_kind(grade: Workbook, name: str) -> None:
    assert grade(name).check("doubles")["code"] == CODES[name]


def test_what_does_not_compile_or_hangs_names_its_kind(grade: Workbook) -> None:
    assert grade("syntax.c").check("compile")["code"].startswith("W1")
    assert grade("hang.c").check("doubles")["code"] == "W204"


def test_who_ends_the_judge_gains_nothing(grade: Workbook) -> None:
    done = grade("kill_parent.c")
    assert (done.code, done.exercise["score"]) == (3, 0)
    assert "signal 9, from the code under test or from outside" in done.check("doubles")["message"]
    assert done.check("doubles")["code"] == "W901"


MEMORY = [
    ("leak.c", ["leak.c:7", "never freed"]),
    ("use_after_free.c", ["use_after_free.c:13", "freed already", "freed at hostile/use_after_free.c:12"]),
    ("overflow.c", ["overflow.c:8", "signed integer overflow"]),
]


@pytest.mark.parametrize(("name", "words"), MEMORY, ids=[case[0] for case in MEMORY])
def test_misused_memory_costs_the_memory_check(grade: Workbook, name: str, words: list[str]) -> None:
    done = grade(name)
    assert (done.exercise["verdict"], done.exercise["score"]) == ("failed", 80)
    for word in words:
        assert word in done.check("memory")["message"]


def test_what_only_the_sanitizers_bring_to_light_says_so(own_tiny: Path) -> None:
    code = own_tiny / "exercises" / "01_tiny" / "twice.c"
    code.write_text(
        '#include "twice.h"\n#ifdef __SANITIZE_ADDRESS__\n#define FACTOR 3\n#else\n#define FACTOR 2\n#endif\n'
        "int twice(int number)\n{\n    return FACTOR * number;\n}\n"
    )
    done = call(own_tiny, "check", "01_tiny/twice", "--json")
    assert (done.check("memory")["verdict"], done.exercise["score"]) == ("failed", 80)
    assert "not under the sanitizers" in done.check("memory")["message"]
    assert "twice(3)" in done.check("memory")["message"]


def test_a_process_that_was_left_behind_is_gone_afterwards(grade: Workbook, tiny: Path) -> None:
    grade("fork.c")
    grade("ignores_signals.c")
    deadline = time.monotonic() + 5  # a killed process may still be seen for a moment
    while _runners_at_work(tiny) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _runners_at_work(tiny) == []


def _runners_at_work(root: Path) -> list[str]:
    """Return the command lines of runners, and of what they forked, for this course."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if "wb_runner" in command and str(root) in command:
            found.append(command)
    return found


def test_a_terminal_is_not_at_the_mercy_of_what_is_printed(tiny: Path) -> None:
    file = tiny / "hostile" / "escape.c"
    done = call(tiny, "check", "--file", f"01_tiny/twice={file}")
    assert done.code == 1
    assert "\x1b" not in done.out and "\x07" not in done.out
    assert "\\x1b[2J" in done.out


def test_a_compiler_that_finds_no_end_is_stopped(own_tiny: Path) -> None:
    code = own_tiny / "exercises" / "01_tiny" / "twice.c"
    code.write_text('#include "/dev/zero"\n')
    done = call(own_tiny, "check", "01_tiny/twice", "--json")
    assert (done.code, done.exercise["verdict"]) == (1, "did_not_compile")


def test_no_temporary_file_is_left(tiny: Path, tmp_path: Path) -> None:
    file = tiny / "hostile" / "exit_zero.c"
    call(tiny, "check", "--file", f"01_tiny/twice={file}", TMPDIR=str(tmp_path))
    assert list(tmp_path.iterdir()) == []
