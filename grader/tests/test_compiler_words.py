"""The commonest mistakes, through the real compilers, in words of few lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.build import Builder, Flavour
from grader.compiler_words import MOST_LINES, explain_errors, explain_warning
from grader.diagnostics import parse
from grader.paths import Tree
from grader.source import Source
from grader.toolchain import Compiler, find_compiler

TASK = "#include <cfutures.h>\ncf_value task(cf_value x);\n"
GO = "void go(cf_executor *pool, cf_future *f);\nvoid go(cf_executor *pool, cf_future *f)\n{\n"

# name: the code, the learner's line that comes first, words that have to follow
CASES = {
    "wrong task type": (
        f"#include <cfutures.h>\nint square(int x);\n{GO}    (void)f;\n    cf_submit(pool, square, 7);\n}}\n",
        "go.c:7: cf_submit(pool, square, 7);",
        "`cf_value NAME(cf_value arg)`",
    ),
    "missing parenthesis": (
        f"{TASK}{GO}    (void)pool;\n    cf_exception((cf_keep(f));\n}}\n",
        "go.c:7: cf_exception((cf_keep(f));",
        "A `)` is missing",
    ),
    "array as argument": (
        f"{TASK}{GO}    (void)f;\n    int a[3] = {{1, 2, 3}};\n    cf_submit(pool, task, a);\n}}\n",
        "go.c:8: cf_submit(pool, task, a);",
        "cf_bytes(array, size)",
    ),
    "pointer as argument": (
        f"{TASK}{GO}    cf_submit(pool, task, f);\n}}\n",
        "go.c:6: cf_submit(pool, task, f);",
        "cf_ptr(pointer)",
    ),
    "value to printf": (
        f'#include <stdio.h>\n{TASK}{GO}    (void)pool;\n    printf("%d\\n", cf_result(f));\n}}\n',
        'go.c:8: printf("%d\\n", cf_result(f));',
        "cf_as_int(v)",
    ),
    "text value to printf": (
        f'#include <stdio.h>\n{TASK}{GO}    (void)pool;\n    printf("%s\\n", cf_result(f));\n}}\n',
        'go.c:8: printf("%s\\n", cf_result(f));',
        "cf_as_str(v)",
    ),
    "no brace after cf_with": (
        f"{TASK}void go(void);\nvoid go(void)\n{{\n    cf_with (pool, cf_thread_pool())\n"
        "        cf_submit(pool, task, 1);\n        cf_submit(pool, task, 2);\n}\n",
        "go.c:8: cf_submit(pool, task, 2);",
        "Put that block in braces",
    ),
    "no brace after cf_with, and a declaration": (
        f"{TASK}void go(void);\nvoid go(void)\n{{\n    cf_with (pool, cf_thread_pool())\n"
        "        cf_future *f = cf_submit(pool, task, 1);\n        cf_result(f);\n}\n",
        "go.c:7: cf_future *f = cf_submit(pool, task, 1);",
        "a block in braces has to follow",
    ),
    "no include of cfutures.h": (
        "void go(void);\nvoid go(void)\n{\n    cf_with (pool, cf_thread_pool()) {\n    }\n}\n",
        "go.c:4: cf_with (pool, cf_thread_pool()) {",
        "#include <cfutures.h>",
    ),
    "no include of stdio.h": (
        'void go(void);\nvoid go(void)\n{\n    printf("hi\\n");\n}\n',
        'go.c:4: printf("hi\\n");',
        "#include <stdio.h>",
    ),
    "missing semicolon": (
        "int go(int a);\nint go(int a)\n{\n    int b = a\n    return b;\n}\n",
        "go.c:4: int b = a",
        "`;` is missing",
    ),
    "misspelt name": (
        "int go(int total);\nint go(int total)\n{\n    return totel;\n}\n",
        "go.c:4: return totel;",
        "Did you mean total?",
    ),
    "missing return": (
        "int go(int a);\nint go(int a)\n{\n    a++;\n}\n",
        "go.c:5: }",
        "without a `return`",
    ),
    "other signature than the header's": (
        '#include "twice.h"\nlong twice(int a, int b)\n{\n    return a + b;\n}\n',
        "go.c:2: long twice(int a, int b)",
        "exercises/01_tiny/twice.h:7",
    ),
    "missing closing brace": (
        "int go(int a);\nint go(int a)\n{\n    if (a) {\n    return a;\n}\n",
        "go.c:6: }",
        "`}` is missing",
    ),
    "value for a number": (
        f"{TASK}int go(cf_future *f);\nint go(cf_future *f)\n{{\n    int n = cf_result(f);\n    return n;\n}}\n",
        "go.c:6: int n = cf_result(f);",
        "cf_as_int(v)",
    ),
    "number for a value": (
        f"{TASK}cf_value task(cf_value x)\n{{\n    return cf_as_int(x) + 1;\n}}\n",
        "go.c:5: return cf_as_int(x) + 1;",
        "return cf_int(n);",
    ),
    "a task that is called": (
        f"{TASK}{GO}    (void)f;\n    cf_submit(pool, task(1), 1);\n}}\n",
        "go.c:7: cf_submit(pool, task(1), 1);",
        "its name alone, without parentheses",
    ),
    "a task that is called rightly": (
        f"{TASK}{GO}    (void)f;\n    cf_submit(pool, task(cf_int(1)), 1);\n}}\n",
        "go.c:7: cf_submit(pool, task(cf_int(1)), 1);",
        "its name alone, without parentheses",
    ),
    "value for a text": (
        f'#include <string.h>\n{TASK}int go(cf_value v);\nint go(cf_value v)\n{{\n    return strcmp(v, "a");\n}}\n',
        'go.c:7: return strcmp(v, "a");',
        "cf_as_str(v)",
    ),
    "future for a value": (
        f"{TASK}int64_t go(cf_future *f);\nint64_t go(cf_future *f)\n{{\n    return cf_as_int(f);\n}}\n",
        "go.c:6: return cf_as_int(f);",
        "cf_result(future)",
    ),
    "cf_with as in Python": (
        "#include <cfutures.h>\nvoid go(void);\nvoid go(void)\n{\n    cf_with cf_thread_pool() as pool {\n    }\n}\n",
        "go.c:5: cf_with cf_thread_pool() as pool {",
        "`cf_with (pool, cf_thread_pool()) {`",
    ),
    "misspelt name of cfutures, included by the exercise's header": (
        '#include "twice.h"\nvoid go(void);\nvoid go(void)\n{\n    cf_sumbit();\n}\n',
        "go.c:5: cf_sumbit();",
        "Nothing is called cf_sumbit",
    ),
    "return only inside a cf_with": (
        "#include <cfutures.h>\nint go(void);\nint go(void)\n{\n    cf_with (pool, cf_thread_pool()) {\n"
        "        return 1;\n    }\n}\n",
        "go.c:8: }",
        "behind its closing brace",
    ),
    "no such header": (
        '#include "wrong.h"\nint x;\n',
        'go.c:1: #include "wrong.h"',
        "no header wrong.h",
    ),
}


@pytest.fixture(params=["gcc", "clang"])
def compiler(request: pytest.FixtureRequest) -> Compiler:
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    return find_compiler({"WORKBOOK_CC": request.param, "PATH": "/usr/bin:/bin:/usr/local/bin"})


def compiled(root: Path, compiler: Compiler, code: str) -> tuple[str, Source, bool]:
    source = Source(root / "go.c", "go.c", code.encode(), len(code))
    built = Builder(Tree(root), compiler).build(source, "01_tiny/twice", Flavour.PLAIN)
    return built.words, source, built.module is not None


@pytest.mark.parametrize("name", CASES)
def test_a_common_mistake_gets_the_learners_line_first(tiny: Path, compiler: Compiler, name: str) -> None:
    code, first_line, words = CASES[name]
    said, source, is_built = compiled(tiny, compiler, code)
    message = explain_errors(said, source).message
    assert not is_built
    assert message.splitlines()[0] == first_line
    assert words in message
    assert "The compiler says: " in message
    assert len(message.splitlines()) <= MOST_LINES
    assert str(tiny) not in message


def test_a_warning_is_explained_where_there_is_no_error(tiny: Path, compiler: Compiler) -> None:
    said, source, is_built = compiled(
        tiny, compiler, "int go(int a);\nint go(int a)\n{\n    int b;\n    return a;\n}\n"
    )
    assert is_built
    warning = explain_warning(said, source)
    assert warning is not None
    assert (warning.place, warning.message) == ("go.c:4", "go.c:4: warning: unused variable 'b'")


def test_a_warning_of_a_known_kind_says_what_it_means(tiny: Path, compiler: Compiler) -> None:
    code = "int *go(void);\nint *go(void)\n{\n    int b = 1;\n    return &b;\n}\n"
    said, source, is_built = compiled(tiny, compiler, code)
    warning = explain_warning(said, source)
    assert is_built and warning is not None
    assert warning.place == "go.c:5" and "A local variable is gone" in warning.message


WARNINGS = {
    "an error that is not returned": (
        f'{TASK}cf_value task(cf_value x)\n{{\n    cf_fail(5, "no %s",\n            "!");\n    return x;\n}}\n',
        "go.c:5", "`return cf_fail(...)` returns it",
    ),
    "a pool that is made of itself": (
        f"{TASK}void go(void);\nvoid go(void)\n{{\n    cf_executor *pool = cf_thread_pool();\n"
        "    cf_with (pool, pool) {\n        cf_submit(pool, task, 1);\n    }\n}\n",
        "go.c:7", "this pool is made of itself",
    ),
}  # fmt: skip


def test_an_error_that_is_returned_on_the_next_line_is_none_that_is_lost(
    tiny: Path, compiler: Compiler
) -> None:
    code = f'{TASK}cf_value task(cf_value x)\n{{\n    return cf_as_int(x) > 0 ? x :\n    cf_fail(5, "no");\n}}\n'
    said, source, is_built = compiled(tiny, compiler, code)
    assert is_built and explain_warning(said, source) is None


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_may_be_the_mistake(tiny: Path, compiler: Compiler, name: str) -> None:
    code, place, words = WARNINGS[name]
    said, source, is_built = compiled(tiny, compiler, code)
    warning = explain_warning(said, source)
    assert is_built and warning is not None
    assert warning.place == place and words in warning.message


def test_an_error_inside_a_header_leads_to_the_line_that_includes_it() -> None:
    said = (
        "In file included from exercises/x.h:2,\n                 from go.c:3:\n"
        "exercises/y.h:9:1: error: expected ';' before '}' token\n"
    )
    assert [d.included_at for d in parse(said, "go.c")] == [3]
    source = Source(Path("go.c"), "go.c", b'\n\n#include "x.h"\n', 20)
    message = explain_errors(said, source).message
    assert message.splitlines()[0] == 'go.c:3: #include "x.h"'
    assert "exercises/y.h:9" in message


def test_words_that_are_no_diagnostics_are_quoted() -> None:
    source = Source(Path("go.c"), "go.c", b"", 0)
    assert explain_errors("ld: cannot open output file\n", source).message == "ld: cannot open output file"
    assert explain_errors("", source).message != ""
