"""Checks as a lesson's facts describe them. `docs/lesson-facts.md` explains every key."""

from __future__ import annotations

from dataclasses import dataclass

from grader.exploring.outcome import Budget
from grader.facts import Table
from grader.failures import Failure
from grader.model import Kind

COMPILE = "compile"  # the id of every exercise's first, implicit check
DEFAULT_SCHEDULES = 500
DEFAULT_SEED = 1

_KINDS = (Kind.UNIT, Kind.TIMING, Kind.MEMORY, Kind.SCHEDULE)
_KEYS = {"id", "kind", "title", "points", "requires", "hints", "misconception"}
_KEYS_OF = {
    Kind.UNIT: {"tests"},
    Kind.TIMING: {"tests", "clock", "failure"},
    Kind.MEMORY: set[str](),
    Kind.SCHEDULE: {"tests", "schedules", "seed"},
}
_CLOCK_KEYS = {"test", "ideal", "nearest_wrong"}


@dataclass(frozen=True)
class ClockTest:
    """A test on the virtual clock, and how long it may take there."""

    test: str
    ideal: float  # seconds
    nearest_wrong: float  # what the least slow of the wrong designs takes

    @property
    def limit(self) -> float:
        """Return the time that is too long: half-way between right and wrong."""
        return (self.ideal + self.nearest_wrong) / 2


@dataclass(frozen=True)
class Check:
    """One claim about an exercise, with its points and hints."""

    id: str
    kind: Kind
    title: str
    points: int
    hints: tuple[str, ...]
    requires: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    clock: tuple[ClockTest, ...] = ()
    budget: Budget = Budget(DEFAULT_SCHEDULES, DEFAULT_SEED)
    misconception: str = ""  # that a failure suggests, or ""
    failure: Failure = Failure.ONE_AFTER_ANOTHER  # what a failure of a timing check is called

    @property
    def is_explored(self) -> bool:
        """Whether it needs the explorer."""
        return self.kind is Kind.SCHEDULE or bool(self.clock)

    @property
    def own_tests(self) -> tuple[str, ...]:
        """Return the tests that belong to this check alone; a schedule check may repeat those of others."""
        own = () if self.kind is Kind.SCHEDULE else self.tests
        return (*own, *(clock.test for clock in self.clock))


def read_check(exercise: str, facts: Table) -> Check:
    """Read one of an exercise's checks."""
    check_id = facts.text("id")
    facts = facts.named(f"exercise {exercise}, check {check_id}")
    name = facts.text("kind")
    if name not in _KINDS:
        raise facts.bad(f"kind '{name}' is not one of {', '.join(_KINDS)}")
    kind = Kind(name)
    if kind is Kind.MEMORY and facts.has("tests"):
        raise facts.bad("a memory check has no 'tests': it runs all of them again")
    facts.only(_KEYS | _KEYS_OF[kind])
    has_clock = facts.has("clock")
    return Check(
        id=check_id,
        kind=kind,
        title=facts.text("title"),
        points=facts.whole("points"),
        hints=facts.texts("hints"),
        requires=facts.texts("requires", (COMPILE,)),
        tests=() if kind is Kind.MEMORY else facts.texts("tests", () if has_clock else None),
        clock=tuple(_clock_test(facts, table) for table in facts.tables("clock", ())),
        budget=Budget(
            facts.whole("schedules", DEFAULT_SCHEDULES),
            facts.whole("seed", DEFAULT_SEED),
        ),
        misconception=facts.text("misconception") if facts.has("misconception") else "",
        failure=_failure(facts),
    )


def _failure(check: Table) -> Failure:
    if not check.has("failure"):
        return Failure.ONE_AFTER_ANOTHER
    code = check.text("failure")
    if code not in Failure.__members__.values() or code[:2] != "W3":
        raise check.bad(f"failure '{code}' is no code of who is at work at the same time, W3..")
    return Failure(code)


def _clock_test(check: Table, facts: Table) -> ClockTest:
    facts.only(_CLOCK_KEYS)
    clock = ClockTest(facts.text("test"), facts.number("ideal"), facts.number("nearest_wrong"))
    if not clock.ideal < clock.nearest_wrong:
        raise check.bad(f"{clock.test}: 'nearest_wrong' has to be more than 'ideal'")
    return clock
