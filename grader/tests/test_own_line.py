"""The learner's line behind a failed check: the calls it may be about, or where the function begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.failures import Failure
from grader.model import Verdict
from grader.own_line import function_of, on_own_line
from grader.record_words import Finding
from grader.source import Source

SHOWN = "exercises/01/greet.c"
CODE = """#include "greet.h"

static cf_value helper(cf_value name)
{
    return name;
}

int greet_all(const char *names[],
              int count);

int
greet_all(const char *names[],
          int count)
{
    cf_executor *pool = cf_thread_pool();  // cf_thread_pool
    for (int i = 0; i < count; i++) {
        while (!cf_done(cf_submit(pool, helper, names[i]))) {
        }
    }
    return count;
}

cf_value greet(cf_value name) {
    return helper(name);
}
"""


def source() -> Source:
    data = CODE.encode()
    return Source(Path("greet.c"), SHOWN, data, len(data))


def found(message: str, code: Failure = Failure.WRONG_RESULT, *, placed: bool = False) -> Finding:
    place = f"{SHOWN}:2" if placed else "exercises/01/test_greet.c:7"
    return Finding(Verdict.FAILED, message, place, "", code, placed)


@pytest.mark.parametrize(
    ("message", "name", "line"),
    [
        ("greet_all returned 3", "greet_all", 12),
        ('greet("Ada") returned a number', "greet", 23),
        ("neither greet nor greet_all did it", "", 0),
        ("nothing is named", "", 0),
        ("helper returned 3", "", 0),
    ],
)
def test_the_function_that_a_message_speaks_of(message: str, name: str, line: int) -> None:
    place = f"{SHOWN}:{line}" if line else ""
    assert function_of(message, source().lines, SHOWN) == (name, place)
    own = on_own_line(found(message), source())
    assert own.place == (place or "exercises/01/test_greet.c:7")


def test_an_only_function_need_not_be_named() -> None:
    lines = CODE[: CODE.index("cf_value greet(")].splitlines()
    assert function_of("nothing is named", lines, SHOWN)[0] == "greet_all"


@pytest.mark.parametrize(
    ("message", "code", "line"),
    [
        ("Your code opened 5 pools", Failure.WRONG_RESULT, 15),
        ("1 pool is still open at the end", Failure.OPEN_POOL, 15),
        ("The pool ran greet 3 times", Failure.WRONG_RESULT, 17),
        ("Your code asked often", Failure.BUSY_WAITING, 17),
    ],
)
def test_the_calls_that_a_failure_may_be_about(message: str, code: Failure, line: int) -> None:
    own = on_own_line(found(message, code), source())
    assert own.place == f"{SHOWN}:{line}"
    assert own.message.startswith(f"{message}\nLook here:\n{SHOWN}:{line}: ")


def test_a_close_in_a_block_is_the_one_too_many() -> None:
    code = "void one(void)\n{\n    cf_close(pool);\n}\nvoid two(void)\n{\n    cf_with (pool, cf_thread_pool()) {\n"
    code += "        cf_close(pool);\n    }\n}\nvoid three(void)\n{\n    cf_close(pool);\n}\n"
    file = Source(Path("greet.c"), SHOWN, code.encode(), len(code))
    own = on_own_line(found("this pool is closed already", Failure.CLOSED_POOL), file)
    assert own.message.endswith(f"Look here:\n{SHOWN}:8: cf_close(pool);")


def test_what_has_a_line_stays_as_it_is() -> None:
    told = found("You said so, at exercises/01/greet.c:2", placed=True)
    assert on_own_line(told, source()) is told


def test_a_leak_is_not_about_a_function() -> None:
    told = found("greet lost memory", Failure.LEAK)
    assert on_own_line(told, source()) is told
