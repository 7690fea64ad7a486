"""cfutures as it is shipped, explored: nothing is found, and how much was tried.

The cases of two workers and up to three tasks are tried to exhaustion with at
most two preemptions; docs/races.md says what is allowed in each, and how many
interleavings that were. That a bug in the library would be found is shown by a
copy of it with one promise broken at a time.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from collection import Lab

from grader.paths import HOME

CASES = Path(__file__).parent / "cfutures"
SOURCES = HOME / "cfutures" / "src"

# What is replaced in a copy of a file of the library, by what; and the case that finds it.
BREAKS = {
    "finishing forgets to wake": (
        "settle.c", "cfi_future_wake(future);", "(void)future;", "submit_and_result", "lost_wakeup"),
    "finishing does not publish": (
        "future.c", "memory_order_release);", "memory_order_relaxed);", "text_of_a_result", "race"),
    "parking does not announce itself": (
        "future.c", "word | CFI_SOMEBODY_PARKED", "word", "submit_and_result", "lost_wakeup"),
    "a kept future does not hold its pool": (
        "future.c", "hold_pool(future);", "(void)hold_pool;", "cancel_against_close", "use_after_free"),
    "a callback comes too late": (
        "callback.c", "is_in_time = !cfi_future_is_done(future)", "is_in_time = true",
        "callback_against_finish", "assertion"),
    "a watch comes too late": (
        "watch.c", "is_in_time = !cfi_future_is_done(future)", "is_in_time = true",
        "wait_against_finish", "lost_wakeup"),
    "a waiter goes while it is being told": (
        "watch.c", "memory_order_acquire)) {\n        return;", "memory_order_acquire) || true) {\n        return;",
        "wait_times_out", "use_after_free"),
    "a tail looks back at a head that is done": (
        "settle.c", "let_go_of_tails_locked(future);", "(void)let_go_of_tails_locked;",
        "chain_cancelled", "use_after_free"),
    "two set the same promise": (
        "promise.c", "promise->place != CFI_IN_PROMISES", "cfi_future_is_done(promise)",
        "promise_set_twice", "race"),
    "a future is given while its watch is being told": (
        "completed.c", "    cfi_watch_end(watch);\n", "", "completed_against_finish", "use_after_free"),
    "a promise is taken in another turn than the pool is found quiet": (
        "shutdown.c", "    *promise = is_quiet", "    cfi_lock_release(&pool->lock);\n    cfi_lock_acquire(&pool->lock);\n"
        "    *promise = is_quiet", "kept_promise_against_close", "assertion"),
    "a promise that is being set keeps no pool open": (
        "promise.c", "cfi_queue_count_locked(pool, promise);", "(void)0;", "kept_promise_against_close", "assertion"),
    "a promise that was cancelled keeps no pool open for its callbacks": (
        "settle.c", "cfi_queue_count_locked(pool, future);", "(void)0;", "cancelled_promise_against_close", "assertion"),
    "who was told still counts as asleep": (
        "watch.c", "pool->load.asleep -= waiter->asleep;", "(void)0;",
        "promise_of_a_task_against_close", "lost_wakeup"),
    "who sleeps does not count as asleep": (
        "hands.c", "pool->load.asleep += waiter->asleep;", "(void)0;",
        "promise_of_a_task_against_close", "lost_wakeup"),
    "who need not sleep counts as asleep": (
        "hands.c", "if (!cfi_waiter_is_content(waiter)) {", "if (waiter != NULL) {",
        "promise_of_a_task_against_close", "lost_wakeup"),
    "a wait that is over counts for a circle": (
        "cycle.c", "return !cfi_waiter_is_content(waiter);", "return true;", "no_circle_any_more", "crash"),
    "a result is read before the state": (
        "look.c", "{.state =", "{.result = future->result, .state =", "look_against_finish", "assertion"),
    "a map counts its time for each item": (
        "map_next.c", "cfi_result_until(future, map->deadline)", "cf_result_within(future, 5)", "map_out_of_time",
        "assertion"),
    "a chunk does not count its share of the context": (
        "map_chunk.c", "atomic_fetch_add_explicit(&plan->references, 1, memory_order_relaxed);", "(void)0;",
        "map_left_early", "use_after_free"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(CASES.glob("*.c")), ids=lambda path: path.stem)
def test_nothing_is_found_in(lab: Lab, tmp_path: Path, case: Path) -> None:
    if lab.is_on_threads:
        pytest.skip("exhausting is for fibers: on real threads the budget is too small")
    outcome = lab.explore(lab.build(case, tmp_path), {"schedules": 12000, "seconds": 200})
    assert outcome.bug is None, outcome.bug
    assert outcome.is_exhaustive and outcome.bound == 2
    assert outcome.schedules >= 12000 * 6 // 10


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_promise_is_found(lab: Lab, tmp_path: Path, name: str) -> None:
    file, right, wrong, case, kind = BREAKS[name]
    text = (SOURCES / file).read_text()
    assert right in text, f"{file} has changed: mend this test"
    broken = tmp_path / file
    broken.write_text(text.replace(right, wrong))
    # Linked before the library, the broken file takes the place of the right one.
    program = lab.build(CASES / f"{case}.c", tmp_path, f"-I{SOURCES}", more=[broken])
    bug = lab.explore(program, {"seconds": 60}).bug
    assert bug and bug.kind == kind, bug


# What a task sees to that waits where no other thread is left; what is replaced, by what; and the case that finds it.
LEFT_ALONE = {
    "keeps the time": (
        "waiter.c", "due = first_due(waiter)", "due = ((void)first_due, CFI_NO_DEADLINE)",
        "after_inside_a_task", "lost_wakeup"),
    "runs what goes on from a promise": (
        "hands.c", "hands->sleeper = cfi_waiter_call_locked(sleeper, pool)", "(void)hands",
        "promise_inside_a_task", "lost_wakeup"),
    "does not count as blocked when it is called": (
        "testing.c", "cfi_waiter_is_awake(waiter)", "cfi_waiter_is_content(waiter)",
        "promise_inside_a_task", "assertion"),
}  # fmt: skip


@pytest.mark.parametrize("is_broken", [False, True], ids=["as it is", "broken"])
@pytest.mark.parametrize("name", LEFT_ALONE)
def test_a_task_that_waits_does_not_need_another_thread(lab: Lab, tmp_path: Path, name: str, is_broken: bool) -> None:
    file, right, wrong, case, kind = LEFT_ALONE[name]
    changes = [("hands.c", "limit + CFI_MOST_SPARES", "limit"), (file, right, wrong if is_broken else right)]
    texts = {file: (SOURCES / file).read_text() for file, _, _ in changes}
    for file, right, wrong in changes:
        assert right in texts[file], f"{file} has changed: mend this test"
        texts[file] = texts[file].replace(right, wrong)
    for file, text in texts.items():
        (tmp_path / file).write_text(text)
    more = [tmp_path / file for file in texts]
    program = lab.build(CASES / f"{case}.c", tmp_path, f"-I{SOURCES}", more=more)
    bug = lab.explore(program, {"seconds": 60}).bug
    assert (bug.kind if bug else None) == (kind if is_broken else None), bug
