"""`explore` and `replay`: what they say, as text and as JSON, and how they end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Called, Workbook, call

RACE = """
#include <assert.h>
#include <pthread.h>
static int counter;
static void *add(void *unused)
{
    counter++; // a comment that makes the line longer than any terminal should have to show at a time
    return unused;
}
int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(counter == N);
    return 0;
}
"""
CLEAN = """
#include <pthread.h>
static void *idle(void *unused) { return unused; }
int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, idle, NULL);
    return pthread_join(thread, NULL);
}
"""


@pytest.fixture
def explore(workbook: Workbook, tmp_path: Path) -> Workbook:
    """Return a function that explores a text as program.c."""

    def explored(text: str, *arguments: str) -> Called:
        source = tmp_path / "program.c"
        source.write_text(text)
        return workbook("explore", str(source), *arguments)

    return explored


def test_a_bug_is_told_with_both_sides_its_harm_and_how_to_see_it_again(explore: Workbook) -> None:
    called = explore(RACE, "--", "-DN=2")
    assert called.code == 1 and called.err == ""
    first, *_ = called.out.splitlines()
    assert first.startswith("race: program.c:7: two threads")
    assert "T1 (add): " in called.out and "T2 (add): " in called.out
    words = " ".join(called.out.split())
    assert "What came of it in this run: program.c:17: the assertion does not hold: counter == N" in words
    assert re.search(r"again, step by step: \./workbook replay ([0-9a-f]{8})\n.* replay \1 --html$", called.out.strip())
    assert "./workbook explain W401" in called.out


def test_no_line_is_wider_than_eighty_columns(explore: Workbook) -> None:
    lines = explore(RACE, "--", "-DN=2").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.endswith("...") for line in lines)


def test_the_json_of_a_bug_is_what_scripts_rely_on(explore: Workbook) -> None:
    found = explore(RACE, "--json", "--", "-DN=2").json
    assert found["verdict"] == "bug" and found["stopped_by"] == "bug"
    assert found["bug"]["kind"] == "race" and found["bug"]["trace"]
    assert found["bug"]["message"].startswith("program.c:7: ")
    assert found["also"] == ["assertion"]


def test_the_json_of_a_clean_program_claims_what_was_tried(explore: Workbook) -> None:
    called = explore(CLEAN, "--json", "--schedules", "100")
    found = called.json
    assert called.code == 0
    assert found["verdict"] == "clean" and found["bug"] is None and found["also"] == []
    assert found["exhaustive"] is True and found["bound"] == 2 and found["stopped_by"] == "exhausted"
    assert found["schedules"] == sum(found["modes"].values()) > 0
    assert found["seconds"] > 0


def test_nothing_found_says_how_much_was_tried(explore: Workbook) -> None:
    out = explore(CLEAN, "--schedules", "100").out
    assert re.match(r"Nothing found in \d+ schedules \(", out)
    assert "with at most 2 preemptions" in " ".join(out.split())


def test_one_mode_alone_is_searched_when_asked_for(explore: Workbook) -> None:
    modes = explore(CLEAN, "--json", "--mode", "spurious", "--schedules", "50").json["modes"]
    assert modes == {"default": 0, "spurious": 50, "hostile": 0}


def test_real_threads_are_named_with_the_reason_and_their_budget(explore: Workbook) -> None:
    words = " ".join(explore(CLEAN, "--pthreads").out.split())
    assert words.endswith("On real threads instead of fibers (asked for): slower, with a budget of 500 schedules.")
    found = explore(CLEAN, "--pthreads", "--json", "--schedules", "20").json
    assert (found["backend"], found["why_threads"], found["budget"]) == ("pthreads", "asked for", 20)


def test_the_same_seed_gives_the_same_words(explore: Workbook) -> None:
    def words(seed: str) -> str:
        return re.sub(r"in \d+\.\d+\s+s", "", " ".join(explore(RACE, "--seed", seed, "--", "-DN=2").out.split()))

    assert words("3") == words("3")


@pytest.mark.parametrize("arguments", [(), ("--pthreads",)])
def test_a_replay_shows_the_same_bug(explore: Workbook, workbook: Workbook, arguments: tuple[str, ...]) -> None:
    found = explore(RACE, "--json", "--", "-DN=2").json["bug"]
    again = workbook("replay", found["trace"], *arguments)
    assert again.code == 1
    assert found["message"] in " ".join(again.out.split())
    assert again.out.rstrip().endswith("the bug showed again.")


def test_a_replay_shows_the_source_as_it_was(explore: Workbook, workbook: Workbook) -> None:
    found = explore(RACE, "--json", "--", "-DN=2").json["bug"]
    explore("// Now another program.\n" + CLEAN)
    assert "counter++; // a comment" in workbook("replay", found["trace"]).out


def test_a_program_is_explored_without_reading_a_lesson(tmp_path: Path) -> None:
    source, empty = tmp_path / "program.c", tmp_path / "course"
    source.write_text(RACE)
    found = call(empty, "explore", str(source), "--json", "--", "-DN=2").json["bug"]
    assert found["message"] in " ".join(call(empty, "replay", found["trace"]).out.split())


def test_an_unknown_trace_is_wrong_usage(workbook: Workbook) -> None:
    assert workbook("replay", "nothing").code == 2


def test_a_program_that_does_not_compile_is_told_in_the_compilers_words(explore: Workbook) -> None:
    called = explore("int main(void) { return nothing; }")
    assert called.code == 2 and called.out == ""
    assert "program.c:1" in called.err and "nothing" in called.err
    found = explore("int main(void) { return nothing; }", "--json")
    assert found.code == 2 and found.json["verdict"] == "did_not_compile" and found.json["bug"] is None


@pytest.mark.parametrize("text", ["int helper(void) { return 1; }", "int main(void) { return missing(); }"])
def test_a_program_that_does_not_link_is_told_so(explore: Workbook, text: str) -> None:
    called = explore("int missing(void);" + text)
    assert called.code == 2
    assert "main()" in called.err or "missing" in called.err


def test_a_file_that_is_no_c_source_is_wrong_usage(workbook: Workbook, tmp_path: Path) -> None:
    text = tmp_path / "notes.md"
    text.write_text("# Notes\n")
    assert workbook("explore", str(text)).code == 2
    assert ".c file" in workbook("explore", str(text)).err
    assert workbook("explore", str(tmp_path / "absent.c")).code == 2
