"""What people read, line by line."""

from __future__ import annotations

from grader.model import CheckResult, ExerciseResult, Kind, Report, Verdict
from grader.text import printable, render

GREETER = ExerciseResult(
    "01_submit/greeter",
    (
        CheckResult("compile", "It compiles", Kind.COMPILE, Verdict.PASSED, 0),
        CheckResult("greets", "Every name gets its greeting", Kind.UNIT, Verdict.PASSED, 45),
        CheckResult(
            "together",
            "All greetings are under way at once",
            Kind.TIMING,
            Verdict.FAILED,
            40,
            "1 of 5 greetings was under way at most: the others waited for its result.\n"
            "In the test all_names_are_greeted_at_once, exercises/01_submit/test_greeter.c:71.",
            "exercises/01_submit/test_greeter.c:71",
            "hello\n\x1b[31mred\n",
        ),
        CheckResult(
            "closed", "The pool is closed", Kind.UNIT, Verdict.NOT_REACHED, 5,
            'First: "All greetings are under way at once".',
        ),
        CheckResult(
            "memory", "No memory is misused", Kind.MEMORY, Verdict.NOT_MEASURABLE, 10, "No sanitizers here."
        ),
    ),
)  # fmt: skip

GOLDEN = """\
01_submit/greeter: failed, 45 of 90 points
  ✓ It compiles
  ✓ Every name gets its greeting                                                     45/45
  ✗ All greetings are under way at once                                       failed  0/40
      1 of 5 greetings was under way at most: the others waited for its result.
      In the test all_names_are_greeted_at_once, exercises/01_submit/test_greeter.c:71.
      It printed:
      | hello
      | \\x1b[31mred
  · The pool is closed                                                    not reached  0/5
      First: "All greetings are under way at once".
  ? No memory is misused                                                    not measurable
      No sanitizers here.
  Stuck? ./workbook hint 01_submit/greeter"""


def test_an_exercise_reads_well() -> None:
    assert render(Report((GREETER,)), color=False) == GOLDEN


def test_what_does_not_compile_gets_one_line_for_all_that_waits() -> None:
    failed = CheckResult(
        "compile", "It compiles", Kind.COMPILE, Verdict.DID_NOT_COMPILE, 0, "a.c:1: int x\nA `;` is missing.",
        code="W103",
    )  # fmt: skip
    waits = CheckResult("a", "A", Kind.UNIT, Verdict.NOT_REACHED, 60, 'First: "It compiles".')
    unmeasured = CheckResult("b", "B", Kind.MEMORY, Verdict.NOT_MEASURABLE, 40)
    result = ExerciseResult("k/e", (failed, waits, waits, unmeasured))
    assert render(Report((result,)), color=False).splitlines()[1:] == [
        "  ✗ It compiles" + " " * 60 + "did not compile",
        "      a.c:1: int x",
        "      A `;` is missing.",
        "      More on W103: ./workbook explain W103",
        "  · The other 3 checks wait until it compiles (120 points).",
        "  Stuck? ./workbook hint k/e",
    ]


def test_a_failure_ends_with_what_it_suggests_and_its_code() -> None:
    check = CheckResult(
        "a", "A", Kind.TIMING, Verdict.FAILED, 10, "Too slow.", picture=("main  ----", "T1    ----"),
        suggestion='Perhaps you thought: "x". y.', code="W301",
    )  # fmt: skip
    assert render(Report((ExerciseResult("k/e", (check,)),)), color=False).splitlines()[2:-1] == [
        "      Too slow.",
        "",
        "      main  ----",
        "      T1    ----",
        "",
        '      Perhaps you thought: "x". y.',
        "      More on W301: ./workbook explain W301",
    ]


def test_without_unicode_the_signs_are_plain() -> None:
    assert render(Report((GREETER,)), color=False, unicode=False).isascii()


def test_color_changes_nothing_but_color() -> None:
    colored = render(Report((GREETER,)), color=True)
    assert "\x1b[" in colored
    plain = "".join(part.partition("m")[2] if i else part for i, part in enumerate(colored.split("\x1b[")))
    assert plain == GOLDEN


def test_no_line_is_wider_than_a_hundred_columns() -> None:
    long = CheckResult(
        "a", "A title " * 9, Kind.UNIT, Verdict.FAILED, 10, "word " * 60, "", "x" * 500 + "\n" + "y\n" * 40
    )
    text = render(Report((ExerciseResult("k/e", (long,)),)), color=False)
    assert max(map(len, text.splitlines())) <= 100
    assert "29 more lines" in text


def test_several_exercises_end_with_a_total() -> None:
    passed = ExerciseResult("01_submit/hello", (CheckResult("a", "A", Kind.UNIT, Verdict.PASSED, 100),))
    last = render(Report((passed, GREETER)), color=False).splitlines()[-1]
    assert last == "✗ 1 of 2 exercises passed, 145 of 190 points"


def test_our_own_fault_is_owned_up_to() -> None:
    broken = ExerciseResult("k/e", (CheckResult("a", "A", Kind.UNIT, Verdict.GRADER_ERROR, 1, "No record."),))
    text = render(Report((broken,)), color=False)
    assert "fault of the grader's" in text and "hint" not in text


def test_control_characters_are_made_visible() -> None:
    assert printable("a\x1b[2J\x07\u202e\n\tb") == "a\\x1b[2J\\x07\\x202e\n\tb"


def test_a_narrow_terminal_gets_narrow_lines() -> None:
    lines = render(Report((GREETER,)), color=False, columns=60).splitlines()
    assert max(map(len, lines)) <= 60


def test_a_long_title_leaves_its_points_a_line_of_their_own() -> None:
    check = CheckResult("a", "Every guest gets a greeting, in order", Kind.UNIT, Verdict.FAILED, 40)
    lines = render(Report((ExerciseResult("k/e", (check,)),)), color=False, columns=44).splitlines()
    assert lines[1:3] == ["  ✗ Every guest gets a greeting, in order", f"{'failed  0/40':>44}"]
