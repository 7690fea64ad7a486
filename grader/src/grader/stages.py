"""Turn compiled modules into check results, stage by stage.

The rules are in `docs/lesson-facts.md`. A check whose `requires` did not pass
is not reached, and its tests are not run. A check ends at its first test that
does not pass: points are all or nothing, and the learner mends one thing at a
time. Every test runs in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from grader.beliefs import with_belief
from grader.build import Built, Flavour
from grader.checks import Check
from grader.clock_stage import read_clock
from grader.compiler_words import Explanation, explain_errors, explain_warning
from grader.course import Exercise
from grader.errors import GraderError
from grader.exploring.exercise import ExerciseExplorer
from grader.failures import Failure
from grader.memory_stage import misused_memory
from grader.model import CheckResult, Kind, Verdict
from grader.module_places import placed
from grader.own_line import on_own_line
from grader.parallel import in_order
from grader.record_words import finding
from grader.results import of_seen, result
from grader.runner import Outcome, Record, Runner
from grader.sanitizer_words import Words, explain_report
from grader.schedule_stage import MEMORY_KINDS, explore_tests
from grader.seen import Exploring, Seen
from grader.source import Source
from grader.unit_stage import judge_test

Progress = Callable[[str], None]  # is told, in a few words, what is being done

_SLOWDOWN = {Flavour.PLAIN: 1.0, Flavour.ASAN: 3.0}
_ONLY_THERE = "The test passes as it is, but not under the sanitizers, which arrange memory differently:"


@dataclass(frozen=True)
class Compiled:
    """An exercise's code and its tests, compiled in every flavour."""

    exercise: Exercise
    source: Source
    code: Mapping[Flavour, Built]
    tests: Mapping[Flavour, Built]
    test_source: Source
    explorer: ExerciseExplorer | None  # None: no check needs it
    taken: Explanation | None = None  # a name in the code that is somebody else's

    @property
    def is_ready(self) -> bool:
        """Whether the learner's code compiled."""
        return self.code[Flavour.PLAIN].module is not None and not self.taken

    @property
    def can_be_explored(self) -> bool:
        """Whether the exercise needs the explorer, and this machine has it."""
        return self.explorer is not None and not self.explorer.not_measurable


@dataclass(frozen=True)
class Engine:
    """What judges: a runner a flavour. Without the asan one: why."""

    runners: Mapping[Flavour, Runner]
    not_measurable: str = ""


class Judge:
    """Judges one compiled exercise, once."""

    def __init__(self, compiled: Compiled, engine: Engine, progress: Progress) -> None:
        self._compiled = compiled
        self._engine = engine
        self._progress = progress
        self._results: dict[str, CheckResult] = {}
        self._passed: list[str] = []  # tests, in the plain flavour

    def checks(self) -> tuple[CheckResult, ...]:
        """Return every check's result, in the order of the facts."""
        for check in self._compiled.exercise.checks:
            self._results[check.id] = with_belief(check, self._judge(check))
        return tuple(self._results.values())

    def _judge(self, check: Check) -> CheckResult:
        if check.kind is Kind.COMPILE:
            return self._compile(check)
        for required in check.requires:
            # Where that can't be measured, what it requires itself has passed.
            if self._results[required].verdict not in (Verdict.PASSED, Verdict.NOT_MEASURABLE):
                title = self._results[required].title
                return result(check, Verdict.NOT_REACHED, f'First: "{title}".')
        if check.kind is Kind.MEMORY:
            return self._memory(check)
        if check.kind is Kind.SCHEDULE:
            return self._explored(check, self._schedules)
        return self._tests(check)

    def _compile(self, check: Check) -> CheckResult:
        built = self._compiled.code[Flavour.PLAIN]
        source = self._compiled.source
        if source.problem:
            return result(check, Verdict.DID_NOT_COMPILE, source.problem, code=Failure.NO_SOURCE)
        if built.timed_out:
            message = f"The compiler did not finish {source.shown} within {built.seconds:.0f} s."
            return result(check, Verdict.DID_NOT_COMPILE, message, code=Failure.SLOW_COMPILATION)
        if not built.module:
            errors = explain_errors(built.words, source)
            return result(
                check, Verdict.DID_NOT_COMPILE, errors.message, errors.place, built.words, errors.code
            )
        if taken := self._compiled.taken:
            return result(check, Verdict.DID_NOT_COMPILE, taken.message, taken.place, code=taken.code)
        warning = explain_warning(built.words, source)
        return result(check, Verdict.PASSED, warning.message if warning else "")

    def _tests(self, check: Check) -> CheckResult:
        for test in check.tests:
            self._progress(f"running {test}")
            found = self._test(check, test)
            if isinstance(found, Seen):
                return of_seen(check, found)
            if found.outcome is not Outcome.PASSED:
                return self._failed(check, found)
            self._passed.append(test)
        return self._explored(check, self._clock) if check.clock else result(check, Verdict.PASSED)

    def _test(self, check: Check, test: str) -> Record | Seen:
        """Run a test: of behaviour in the default order if possible, else on real threads."""
        run = partial(self._run, Flavour.PLAIN, test)
        if check.kind is not Kind.UNIT or not self._compiled.can_be_explored:
            return run()
        return judge_test(self._exploring, run, test, self._compiled.exercise.seconds)

    def _explored(self, check: Check, stage: Callable[[Check, Exploring], CheckResult]) -> CheckResult:
        """Run a stage that needs the explorer, where there is one."""
        explorer = self._compiled.explorer
        assert explorer, f"{check.id} needs the explorer"
        if explorer.not_measurable:
            return result(check, Verdict.NOT_MEASURABLE, explorer.not_measurable)
        try:
            return stage(check, self._exploring())
        except GraderError as error:
            message = f"The grader could not judge this: {error.message}"
            return result(check, Verdict.GRADER_ERROR, message, code=Failure.OUR_FAULT)

    def _exploring(self) -> Exploring:
        """Link the explored program, if that has not been done yet."""
        explorer = self._compiled.explorer
        assert explorer
        code, tests = (m[Flavour.EXPLORED] for m in (self._compiled.code, self._compiled.tests))
        if not code.module or not tests.module:
            raise GraderError(f"the explored build failed: {(code.words or tests.words).strip()[-300:]}")
        sources = [self._compiled.source, self._compiled.test_source]
        return Exploring(
            explorer, explorer.link(tests.module, code.module, sources), self._compiled.source.shown
        )

    def _clock(self, check: Check, exploring: Exploring) -> CheckResult:
        """Read the virtual clock of each test; the last reading is told."""
        for clock in check.clock:
            self._progress(f"timing {clock.test}")
            seen = read_clock(exploring, clock, check.failure)
            if seen.verdict is not Verdict.PASSED:
                break
        return of_seen(check, seen)

    def _schedules(self, check: Check, exploring: Exploring) -> CheckResult:
        """Try many orders. A fault of the memory that was found already is not blamed twice.

        What is lost is blamed by the memory check, also if that comes later.
        """
        self._progress("trying many orders")
        memory = next((r for r in self._results.values() if r.kind is Kind.MEMORY), None)
        has_failed = memory is not None and memory.verdict is Verdict.FAILED
        is_to_come = not memory and any(c.kind is Kind.MEMORY for c in self._compiled.exercise.checks)
        seen = explore_tests(exploring, check, leaks=not (has_failed or is_to_come))
        if isinstance(seen, Record):
            return self._failed(check, seen)
        if memory and has_failed and seen.kind in MEMORY_KINDS:
            return result(check, Verdict.NOT_REACHED, f'First: "{memory.title}".')
        return of_seen(check, seen)

    def _memory(self, check: Check) -> CheckResult:
        """Run again what passed; what failed before is not blamed twice."""
        if self._engine.not_measurable:
            return result(check, Verdict.NOT_MEASURABLE, self._engine.not_measurable)
        if not self._passed:
            return result(check, Verdict.NOT_REACHED, "No test has passed yet that could be run again.")
        self._progress("checking memory")
        if self._compiled.can_be_explored:
            return self._explored(check, self._explored_memory)
        for _, record in in_order(partial(self._run, Flavour.ASAN), self._passed):
            if record.outcome is not Outcome.PASSED:
                return self._failed(check, record)
        return result(check, Verdict.PASSED)

    def _explored_memory(self, check: Check, exploring: Exploring) -> CheckResult:
        """Look for what does not depend on the order; the schedule check judges the rest."""
        found = misused_memory(exploring, partial(self._run, Flavour.ASAN), self._passed)
        if isinstance(found, Seen):
            return of_seen(check, found)
        return self._failed(check, found) if found else result(check, Verdict.PASSED)

    def _failed(self, check: Check, record: Record) -> CheckResult:
        is_memory = check.kind is Kind.MEMORY
        cause = None if is_memory else self._cause_in_memory(record)
        source = self._compiled.source
        found = on_own_line(finding(record, source.shown, check, cause), source)
        message = found.message
        if is_memory and record.outcome is not Outcome.SANITIZER:
            message = f"{_ONLY_THERE}\n{message}"
        return result(check, found.verdict, message, found.place, found.output, found.code)

    def _cause_in_memory(self, plain: Record) -> Words | None:
        """Ask the sanitizers about a crash, and about a result that may be garbage: they know the line.

        Not about a result of racy code: what they saw of that would be luck.
        """
        may_be_memory = plain.outcome in (Outcome.CRASHED, Outcome.FAILED) and not plain.is_racy
        if self._engine.not_measurable or not may_be_memory:
            return None
        record = self._run(Flavour.ASAN, plain.test)
        if record.outcome is not Outcome.SANITIZER:
            return None
        return explain_report(record.message, self._compiled.source.shown)

    def _run(self, flavour: Flavour, test: str) -> Record:
        tests, code = self._compiled.tests[flavour], self._compiled.code[flavour]
        if not tests.module:
            reason = "the exercise's tests don't compile"
            return Record(test, Outcome.BROKEN, message=reason, output=tests.words)
        if not code.module:
            return Record(test, Outcome.BROKEN, message="the sanitizers' build failed", output=code.words)
        seconds = self._compiled.exercise.seconds * _SLOWDOWN[flavour]
        record = self._engine.runners[flavour].run_test(tests.module, code.module, test, seconds)
        return placed(record, (code.module, tests.module))
