"""Mistakes that are seen best in the learner's own line.

Where a macro of cfutures is involved, the compiler complains about what the
macro became, which helps nobody; the line as it is written does.
"""

from __future__ import annotations

import re

from grader.advice.case import Advice, Case, say
from grader.failures import Failure

_WITH = "`cf_with (pool, cf_thread_pool()) {`"
_CALLED_IN_MAP = re.compile(r"\bcf_map(?:_from)?\s*\([^,()]*,\s*(\w+)\s*\(([^()]*)\)")
_RESULT_OF = re.compile(r"\bcf_(?:result|exception)\s*\(\s*(\w+)\s*\)")
_CALLED_TASK = re.compile(r"\bcf_submit(?:_with)?\s*\([^,()]*,\s*(\w+)\s*\(")
_ABOUT_A_TASK = re.compile(r"cf_WRONG_TASK|incompatible type|requires 3 arguments|too few arguments provided")


def advise(case: Case) -> Advice | None:
    """Return what the line itself tells, or None."""
    for rule in _RULES:
        if found := rule(case):
            return found
    return None


def _own_macro(case: Case) -> Advice | None:
    """A function whose name is a macro of cfutures: the compiler sees what the macro became."""
    found = re.match(r"(?:static\s+)?[A-Za-z_]\w*(?:\s+\**|\s*\*+\s*)(cf_\w+)\s*\(", case.code)
    if not found or not re.search(r"^expected|_Generic|macro", case.text):
        return None
    return say(
        Failure.NAME_TAKEN,
        f"{found[1]} is a name of cfutures: give yours another name, one that does not begin with cf_.",
    )


def _quote(case: Case) -> Advice | None:
    if re.search(r"missing terminating ", case.text) or (
        re.search(r"expected expression|undeclared", case.text) and _without_escapes(case.code).count('"') % 2
    ):
        return say(
            Failure.PUNCTUATION,
            'A quote is missing: a text begins with `"` and ends with `"`, on the same line.',
        )
    if re.search(r"stray '\\\d+'|unexpected character|not allowed in an identifier", case.text):
        return say(
            Failure.PUNCTUATION,
            "Here is a character that C does not know, perhaps a curly quote or a special blank",
            'that came with copied text. Type it anew: C has only the straight " and \'.',
        )
    return None


def _without_escapes(code: str) -> str:
    code = re.sub(r"\\.|'\"'", "", code)
    return code.partition("//")[0] if '"' not in code.partition("//")[2] else code


def _with(case: Case) -> Advice | None:
    found = re.search(r"\bcf_with\b(.*)", case.code)
    if not found:
        return None
    rest = found[1].strip()
    if re.match(r"\(\s*(\w+)\s*,\s*\1\s*\)", rest):
        return say(
            Failure.UNKNOWN_NAME,
            "The first is a new name, and hides a pool of the same name: this pool is made of itself.",
            f"Let cf_with make the pool: {_WITH}.",
        )
    if not rest.startswith("(") or re.match(r"\(\s*(?:cf_executor\b|\w+\s*=)", rest):
        return say(Failure.PUNCTUATION, f"C writes it {_WITH}:", "a new name for the pool, a comma, the pool.")
    if re.match(r"\(\s*cf_\w+\s*\(.*\)\s*,\s*\w+\s*\)", rest):
        return say(Failure.WRONG_COUNT, f"The other way round: first the pool's name, then the pool, {_WITH}.")
    if "," not in rest:
        return say(Failure.WRONG_COUNT, f"cf_with wants two things, a name and the pool: {_WITH}.")
    return None


def _declaration_after_with(case: Case) -> Advice | None:
    """A declaration can't be the one statement of a cf_with without braces."""
    above = case.above()
    if "expected expression" not in case.text or not above:
        return None
    if re.search(r"\bcf_with\b", above[0]) and not above[0].endswith("{"):
        return say(
            Failure.PUNCTUATION,
            "After cf_with a block in braces has to follow:",
            "`cf_with (pool, ...) {` above this line, and `}` after the last one that uses the pool.",
        )
    return None


def _called_task(case: Case) -> Advice | None:
    """A call where the task's name belongs: the pool would get what it returns."""
    call = _CALLED_TASK.search(case.code)
    if not call or not _ABOUT_A_TASK.search(case.text):
        return None
    return say(
        Failure.NO_TASK,
        f"This calls {call[1]} here and now. Give the pool its name alone, without parentheses:",
        f"`cf_submit(pool, {call[1]}, argument)`.",
    )


def _called_in_map(case: Case) -> Advice | None:
    """The task is called where a map wants its name and, apart from it, the items."""
    call = _CALLED_IN_MAP.search(case.code)
    if not call or not re.search(r"incompatible type|THE_NUMBER_OF_ITEMS|arguments", case.text):
        return None
    items = call[2].strip() or "items"
    return say(
        Failure.NO_TASK,
        f"This calls {call[1]} here and now, once. A map gets its name alone, and calls it for each item:",
        f"`cf_map(pool, {call[1]}, {items}, count)`.",
    )


def _result_of_a_result(case: Case) -> Advice | None:
    """The loop over a map hands out results, and no futures."""
    asked = _RESULT_OF.search(case.code)
    if not asked or not any("cf_future" in text for text in (case.diagnostic.text, *case.notes)):
        return None
    if not any(re.search(rf"\bcf_for\s*\(\s*{asked[1]}\s*,", text) for text in (*case.above(), case.code)):
        return None
    return say(
        Failure.VALUE_MIXED_UP,
        f"{asked[1]} is a result already: cf_for hands out what the tasks returned, and waits for it.",
        f"Read it: cf_as_str({asked[1]}) or its kind; cf_failed({asked[1]}) tells whether it is an error.",
    )


def _failure(case: Case) -> Advice | None:
    """cf_fail without its number or its message."""
    call = re.search(r"\bcf_fail\s*\((?P<first>[^,]*)(?P<more>,?)", case.code)
    if not call or not re.search(r"cf_fail_at|expected expression|parameter of type 'int'", case.text):
        return None
    if call["first"].lstrip().startswith('"'):
        return say(
            Failure.WRONG_COUNT,
            "cf_fail wants a number first, then the message: `cf_fail(ENOENT, \"...\")`.",
            "The numbers, such as ENOENT and EINVAL, come from <errno.h>.",
        )
    if not call["more"]:
        return say(
            Failure.WRONG_COUNT, "cf_fail wants a message after the number: `cf_fail(ENOENT, \"...\")`."
        )
    return None


def _create(case: Case) -> Advice | None:
    """pthread_create with three arguments, or with a call of the function."""
    found = re.search(r"\bpthread_create\s*\((.*)\)", case.code)
    arguments = _split(found[1]) if found else []
    if arguments and len(arguments) != 4 and re.search(r"argument|conversion", case.text):
        return say(
            Failure.WRONG_COUNT,
            "pthread_create wants four things:",
            "`pthread_create(&thread, NULL, function, argument)`.",
        )
    call = re.match(r"(\w+)\s*\(", arguments[2]) if len(arguments) == 4 else None
    if call and re.search(r"function pointer|argument 3 of 'pthread_create'|\(\*\)", case.text):
        return say(
            Failure.WRONG_TYPE,
            f"This calls {call[1]} here and now, on this thread. Give pthread_create its name alone:",
            f"`pthread_create(&thread, NULL, {call[1]}, argument)`.",
        )
    return None


def _split(arguments: str) -> list[str]:
    """Cut at the commas that are not inside of parentheses."""
    parts, depth = [""], 0
    for character in arguments:
        if character == ")" and depth == 0:
            break
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def _else(case: Case) -> Advice | None:
    if not re.match(r"\s*else\b", case.code) or not re.search(r"without a previous|expected expression", case.text):
        return None
    return say(
        Failure.PUNCTUATION,
        "More than one line between `if` and `else` has to stand in braces: `if (...) { ... } else`.",
    )


def _initializer(case: Case) -> Advice | None:
    """PTHREAD_MUTEX_INITIALIZER for a member, in the struct's definition or assigned later."""
    found = re.search(r"=\s*PTHREAD_(MUTEX|COND)_INITIALIZER", case.code)
    if not found or not case.text.startswith("expected"):
        return None
    kind = found[1].lower()
    return say(
        Failure.PUNCTUATION,
        f"PTHREAD_{found[1]}_INITIALIZER belongs to the definition of a variable.",
        f"A member of a struct is made by `pthread_{kind}_init(address, NULL)`,",
        f"and ended by `pthread_{kind}_destroy(address)`.",
    )


def _for(case: Case) -> Advice | None:
    if not re.search(r"\bfor\s*\([^;]*,[^;]*,[^;]*\)", case.code):
        return None
    return say(
        Failure.PUNCTUATION,
        "The three parts of a `for` are separated by semicolons: `for (int i = 0; i < n; i++)`.",
    )


_RULES = (
    _own_macro,
    _quote,
    _with,
    _declaration_after_with,
    _called_task,
    _called_in_map,
    _result_of_a_result,
    _failure,
    _create,
    _else,
    _initializer,
    _for,
)
