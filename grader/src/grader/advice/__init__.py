"""What the commonest mistakes mean, in the words of this workbook.

`advise` looks at a compiler's complaint, and where that tells more at the
learner's own lines, and says which kind of failure it is and what to write
instead. Four rooms, in the order in which they are asked:

    shapes   what is seen in the learner's line rather than in the complaint
    types    one type was wanted, another one given
    names    a name that the compiler doesn't know
    phrases  everything that the compiler's words alone tell
"""

from __future__ import annotations

from grader.advice import names, phrases, shapes, types
from grader.advice.case import Advice, Case
from grader.diagnostics import Diagnostic
from grader.failures import Failure
from grader.source import Source

_ROOMS = (shapes.advise, types.advise, names.advise, phrases.advise)


def advise(diagnostic: Diagnostic, line: int, source: Source) -> Advice:
    """Return the kind of failure and sentences about it; none if it isn't known here."""
    case = Case(diagnostic, line, source)
    for room in _ROOMS:
        if found := room(case):
            return found
    return Advice(Failure.NO_C)
