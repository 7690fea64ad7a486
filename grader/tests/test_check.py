"""`check` on a tiny course: verdicts, points, output and exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path

from conftest import Workbook, call


def test_a_skeleton_scores_nothing(workbook: Workbook) -> None:
    done = workbook("check", "--all", "--json")
    assert (done.code, done.err) == (1, "")
    assert done.json["score"] == 0
    verdicts = [[c["verdict"] for c in exercise["checks"]] for exercise in done.json["exercises"]]
    assert verdicts == [
        ["passed", "failed", "not_reached", "not_reached"],
        ["passed", "failed", "not_reached"],
    ]


def test_a_solution_scores_everything(workbook: Workbook) -> None:
    done = workbook("check", "--all", "--solutions", "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json["verdict"], done.json["score"], done.json["max_score"]) == ("passed", 200, 200)


def test_a_failure_says_what_was_done_expected_where_and_what_next(workbook: Workbook) -> None:
    done = workbook("check", "01_tiny/twice")
    assert done.code == 1
    assert "twice(3)" in done.out and "-1" in done.out and "6" in done.out
    assert "exercises/01_tiny/test_twice.c:7" in done.out
    assert "./workbook hint 01_tiny/twice" in done.out


def test_sequential_in_disguise_is_not_at_once(grade: Workbook) -> None:
    done = grade("one_after_the_other.c", "together")
    assert (done.exercise["verdict"], done.exercise["score"]) == ("failed", 50)
    assert "1" in done.check("at_once")["message"]


def test_a_check_that_fails_costs_only_itself(grade: Workbook) -> None:
    done = grade("positive_only.c")
    assert {c["id"]: c["points"] for c in done.exercise["checks"]} == {
        "compile": 0,
        "doubles": 60,
        "negative": 0,
        "memory": 20,
    }


def test_the_next_exercise_is_graded_all_the_same(tiny: Path) -> None:
    done = call(
        tiny,
        *("check", "--all", "--solutions", "--json"),
        *("--file", f"01_tiny/twice={tiny / 'hostile' / 'syntax.c'}"),
    )
    assert done.code == 1
    assert [e["verdict"] for e in done.json["exercises"]] == ["did_not_compile", "passed"]


def test_repeated_runs_of_a_solution_are_the_same(workbook: Workbook) -> None:
    done = workbook("check", "01_tiny/twice", "--solutions", "--repeat", "3", "--json")
    assert done.code == 0
    assert done.json["repeat"] == {"asked": 3, "differs": None}


def test_repeating_stops_at_the_run_that_differs(own_tiny: Path, tmp_path: Path) -> None:
    # The third run of the first test finds the file that the first two made longer.
    memory = tmp_path / "memory"
    code = own_tiny / "exercises" / "01_tiny" / "twice.c"
    code.write_text(
        f"""#include "twice.h"
#include <stdio.h>
int twice(int number)
{{
    FILE *memory = fopen("{memory}", "a+");
    if (memory == NULL || number != 3) {{
        return 2 * number;
    }}
    fputc('x', memory);
    const long runs = ftell(memory);
    fclose(memory);
    return runs > 4 ? 0 : 2 * number;  // plain and sanitized: two a run
}}
"""
    )
    done = call(own_tiny, "check", "01_tiny/twice", "--repeat", "50", "--json")
    assert done.code == 1
    assert done.json["repeat"]["differs"]["run"] == 3
    assert done.exercise["verdict"] == "failed"


def test_json_is_all_of_standard_output(workbook: Workbook) -> None:
    done = workbook("check", "01_tiny", "--json")
    report = json.loads(done.out)
    assert set(report) >= {"verdict", "score", "max_score", "exercises"}
    check_keys = {"id", "title", "kind", "verdict", "points", "max_points", "message"}
    assert all(set(c) >= check_keys for e in report["exercises"] for c in e["checks"])


def test_without_a_terminal_there_is_no_color(workbook: Workbook) -> None:
    assert "\x1b" not in workbook("check", "01_tiny").out


def test_a_warning_is_shown_and_costs_nothing(own_tiny: Path) -> None:
    code = own_tiny / "exercises" / "01_tiny" / "twice.c"
    code.write_text('#include "twice.h"\nint twice(int number)\n{\n    int spare;\n    return 2 * number;\n}\n')
    done = call(own_tiny, "check", "01_tiny/twice", "--json")
    assert done.exercise["verdict"] == "passed"
    assert "exercises/01_tiny/twice.c:4: warning: unused variable" in done.check("compile")["message"]


# ----- files that are no good C source -----


def test_a_file_with_a_nul_byte_says_so(own_tiny: Path) -> None:
    code = own_tiny / "exercises" / "01_tiny" / "twice.c"
    code.write_bytes(b'#include "twice.h"\n\0int x;\n')
    done = call(own_tiny, "check", "01_tiny/twice", "--json")
    assert (done.code, done.exercise["verdict"]) == (1, "did_not_compile")
    assert "exercises/01_tiny/twice.c:2" in done.check("compile")["message"]


def test_five_megabytes_are_not_compiled(own_tiny: Path) -> None:
    (own_tiny / "exercises" / "01_tiny" / "twice.c").write_bytes(b"// much\n" * 700_000)
    done = call(own_tiny, "check", "01_tiny/twice", "--json")
    assert (done.code, done.exercise["verdict"]) == (1, "did_not_compile")
    assert "5,600,000 bytes" in done.check("compile")["message"]


def test_windows_line_ends_and_a_missing_last_one_are_fine(own_tiny: Path) -> None:
    solution = (own_tiny / "solutions" / "01_tiny" / "twice.c").read_bytes()
    (own_tiny / "exercises" / "01_tiny" / "twice.c").write_bytes(solution.replace(b"\n", b"\r\n").rstrip())
    assert call(own_tiny, "check", "01_tiny/twice").code == 0


def test_an_empty_file_defines_nothing(own_tiny: Path) -> None:
    (own_tiny / "exercises" / "01_tiny" / "twice.c").write_bytes(b"")
    done = call(own_tiny, "check", "01_tiny/twice", "--json")
    assert (done.code, done.exercise["score"]) == (1, 0)
    assert "`twice`" in done.check("doubles")["message"]


def test_bytes_that_are_no_utf8_are_shown_somehow(own_tiny: Path) -> None:
    (own_tiny / "exercises" / "01_tiny" / "twice.c").write_bytes(b"int caf\xe9 = ;\n")
    done = call(own_tiny, "check", "01_tiny/twice", PYTHONIOENCODING="ascii")
    assert done.code == 1
    assert "exercises/01_tiny/twice.c:1" in done.out


def test_what_cannot_be_read_is_said_in_one_line(own_tiny: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop.c"
    loop.symlink_to(loop)
    pipe = tmp_path / "pipe.c"
    os.mkfifo(pipe)
    for path in (own_tiny, loop, pipe, tmp_path / "absent.c", Path("/dev/zero")):
        done = call(own_tiny, "check", "--file", f"01_tiny/twice={path}")
        assert done.code == 2, path
        assert done.out == ""
        assert path.name in done.err and len(done.err.splitlines()) == 1, done.err


def test_a_file_that_is_gone_says_how_to_get_it_back(own_tiny: Path) -> None:
    (own_tiny / "exercises" / "01_tiny" / "twice.c").unlink()
    done = call(own_tiny, "check", "01_tiny")
    assert done.code == 2
    assert "exercises/01_tiny/twice.c" in done.err and "./workbook reset 01_tiny/twice" in done.err
