"""`explore` and `replay` of a program that uses cfutures: its own lines, and the library's steps folded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Workbook, call

PROGRAM = """
#include "cfutures.h"
static cf_value twice(cf_value x)
{
    return cf_int(2 * cf_as_int(x));
}
int main(void)
{
    cf_with (pool, cf_thread_pool(.max_workers = 1)) {
        cf_future *future = cf_submit(pool, twice, 21);
        cf_result(future);
    }
    return 1;
}
"""
ROW = re.compile(r" {1,5}\d+ +(?P<text>\S.*)")
FOLDED = re.compile(r"cfutures: (?P<count>\d+) steps?(?: in (?P<function>\w+))?(?P<waits>, waits)?(?:  (?P<line>\d+):.*)?")
LOOP = re.compile(r" +\((?:the (?P<length>\d+) lines|the line) above, (?P<times>\d+) times\)")


@pytest.fixture(scope="module")
def told(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what `explore` prints of the program."""
    source = tmp_path_factory.mktemp("own") / "program.c"
    source.write_text(PROGRAM)
    return call(tiny, "explore", str(source)).out


@pytest.fixture(scope="module")
def trace(told: str) -> str:
    """Return the trace's id."""
    return re.findall(r"replay ([0-9a-f]{8}) --all$", told.rstrip())[0]


def texts(told: str) -> list[str]:
    """Return what the rows say, without their numbers."""
    return [found["text"] for line in told.splitlines() if (found := ROW.fullmatch(line))]


def steps_in(told: str) -> int:
    """Return how many steps the rows stand for."""
    loops = [found for line in told.splitlines() if (found := LOOP.fullmatch(line))]
    again = sum(int(loop["length"] or 1) * (int(loop["times"]) - 1) for loop in loops)
    folded = [found for text in texts(told) if (found := FOLDED.fullmatch(text))]
    return len(texts(told)) - len(folded) + sum(int(found["count"]) for found in folded) + again


def test_each_call_of_the_library_is_one_step_on_the_line_that_makes_it(told: str) -> None:
    folded = [found for text in texts(told) if (found := FOLDED.fullmatch(text))]
    calls = [(found["function"], int(found["line"])) for found in folded if found["function"]]
    assert list(dict.fromkeys(calls)) == [
        ("cf_thread_pool_create", 9), ("cf_submit", 10), ("cf_result", 11), ("cf_close", 9),
    ]  # fmt: skip
    assert any(found["waits"] for found in folded)


def test_of_the_library_itself_nothing_is_shown(told: str) -> None:
    assert "cfi_" not in told
    assert "T1 (worker)" in told
    assert any(re.fullmatch(r"cfutures: \d+ steps?(, waits)?", text) for text in texts(told)), "the worker's own"


def test_every_step_is_shown_when_asked_for_and_none_is_lost(told: str, trace: str, workbook: Workbook) -> None:
    every = workbook("replay", trace, "--all").out
    assert not any(FOLDED.fullmatch(text) for text in texts(every))
    assert "cfi_must(pthread_mutex_lock" in every
    assert steps_in(every) == steps_in(told)
    assert texts(workbook("replay", trace).out) == texts(told)


def test_exploring_shows_every_step_when_asked_for(tmp_path: Path, workbook: Workbook) -> None:
    source = tmp_path / "program.c"
    source.write_text(PROGRAM)
    told = workbook("explore", str(source), "--all").out
    assert "cfi_must(pthread_mutex" in told and not any(FOLDED.fullmatch(text) for text in texts(told))


def test_the_page_has_the_rows_of_the_text(told: str, trace: str, workbook: Workbook) -> None:
    def rows(*arguments: str) -> list[str]:
        page = Path(workbook("replay", trace, "--html", *arguments).out.strip()).read_text()
        return re.findall(r'<tr class="step"[^>]*>.*</tr>', page)

    assert len(rows()) == len(texts(told))
    assert sum("cfutures: " in row for row in rows()) == sum("cfutures: " in text for text in texts(told))
    assert len(rows("--all")) == len(texts(workbook("replay", trace, "--all").out))


def test_without_cfutures_there_is_nothing_to_unfold(tmp_path: Path, workbook: Workbook) -> None:
    source = tmp_path / "program.c"
    source.write_text("int main(void) { return 1; }")
    assert "--all" not in workbook("explore", str(source)).out
