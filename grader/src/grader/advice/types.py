"""One type was wanted, another one given: what to write instead.

mismatch.py reads the two types; they decide, the more special rule first.
"""

from __future__ import annotations

import re

from grader.advice.case import Advice, Case, say
from grader.advice.mismatch import Mismatch, mismatches
from grader.failures import Failure

def advise(case: Case) -> Advice | None:
    """Return what to do about two types that don't fit, or None if it isn't about types."""
    if found := _invalid_initializer(case):
        return found
    if "discards" in case.text:  # the types are the same, but for a const
        return None
    words = (case.diagnostic.text, *case.notes)
    if any("cf_WRONG_ARGUMENT" in text for text in words):
        return _NO_ARGUMENT
    mismatch = next(mismatches(words), None)
    if mismatch is None or mismatch.got == "void":
        return None
    if mismatch.wanted.startswith("cf_executor") and "cf_value" in mismatch.got:
        return say(Failure.NO_TASK, "The pool comes first: `cf_submit(pool, task, argument)`.")
    if any("cf_WRONG_TASK" in text for text in words):
        is_context = any("cf_value_context" in text for text in words)
        return _NO_CONTEXT_TASK if is_context else _NO_TASK
    return (
        _about_cfutures(mismatch)
        or _about_texts(mismatch)
        or _about_pointers(mismatch, case)
        or say(Failure.WRONG_TYPE, f"Wanted here: `{mismatch.wanted}`. This is: `{mismatch.got}`.")
    )


_NO_TASK = say(
    Failure.NO_TASK,
    "The second argument has to be a task: a function `cf_value NAME(cf_value arg)`.",
    "Yours has another type. cf_as_int(arg) or its kind reads the argument, cf_int(...) makes the result.",
)
_NO_CONTEXT_TASK = say(
    Failure.NO_TASK,
    "The second argument has to be a function `cf_value NAME(cf_value context, cf_value arg)`.",
    "Yours has another type.",
)
_NO_ARGUMENT = say(
    Failure.NO_ARGUMENT,
    "An array, a pointer or a struct can't be an argument as it is. Say how it is meant:",
    "cf_bytes(array, size) and cf_struct(variable) copy it, cf_ptr(pointer) hands on the address.",
)


def _invalid_initializer(case: Case) -> Advice | None:
    """Where gcc names no types, and where a type's `*` is missing: the line tells."""
    if not re.search(r"incomplete (?:element )?type|variable-sized object|invalid initializer", case.text):
        return None
    if "variable-sized" in case.text:
        return say(
            Failure.WRONG_TYPE,
            "An array whose length is a variable can't be given values here.",
            "Leave the `= {...}` away, or give the array a constant length.",
        )
    if found := re.search(r"\bcf_(future|executor|error)\s+(\w+)", case.code):
        const = "const " if found[1] == "error" else ""
        return say(
            Failure.WRONG_TYPE,
            f"A cf_{found[1]} is only ever held by its address; a `*` is missing:",
            f"`{const}cf_{found[1]} *{found[2]}`.",
        )
    if re.search(r"\bcf_value\s+\w+\s*=\s*cf_submit\b", case.code):
        return _FUTURE_FOR_VALUE
    return _VALUE_FOR_OTHER if "invalid initializer" in case.text else None


_FUTURE_FOR_VALUE = say(
    Failure.VALUE_MIXED_UP,
    "cf_submit returns a future, `cf_future *`: only the receipt.",
    "Ask it for the value later, with cf_result(future).",
)
_FUTURE_TO_READ = say(
    Failure.VALUE_MIXED_UP, "A future is only the receipt: ask it for the value first, with cf_result(future)."
)
_VALUE_FOR_OTHER = say(
    Failure.VALUE_MIXED_UP,
    "A cf_value is no number and no text: take out what it holds, with cf_as_int(v) or its kind.",
)


def _about_cfutures(m: Mismatch) -> Advice | None:
    """Values, futures and errors, each taken for another."""
    if m.got.startswith("cf_future *") and m.wanted.startswith("cf_value"):
        return _FUTURE_FOR_VALUE if m.way == "set" else _FUTURE_TO_READ
    if m.got.startswith("cf_future *") and m.wants_text:
        return say(
            Failure.VALUE_MIXED_UP,
            "A future is only the receipt, not yet the text: cf_result(future) gives the value,",
            "and cf_as_str(value) the text in it.",
        )
    if m.wanted == "cf_future *" and m.got == "cf_value":
        return say(Failure.VALUE_MIXED_UP, "This wants the future itself, not its result: leave cf_result out here.")
    if m.wanted == "cf_future *" and re.match(r"cf_future \*(?:\*|\[)", m.got):
        return say(Failure.WRONG_TYPE, "This is the whole array of futures. Choose one of them: `futures[i]`.")
    if m.got == "cf_error *" and m.wants_text:
        return say(Failure.WRONG_TYPE, "An error is no text, it holds one: `error->message`.")
    if m.wanted == "cf_error" and m.got == "cf_error *":
        return say(
            Failure.WRONG_TYPE,
            "cf_exception returns an address; a `*` is missing: `const cf_error *error = ...`.",
        )
    if m.got == "cf_value":
        return _value_for(m)
    if m.wanted == "cf_value":
        return _other_for_value(m)
    return None


def _value_for(m: Mismatch) -> Advice:
    if m.wants_text:
        return say(Failure.VALUE_MIXED_UP, "A cf_value is no text: take the text out, with cf_as_str(v).")
    if m.wants_number:
        return say(Failure.VALUE_MIXED_UP, "A cf_value is no number: take the number out, with cf_as_int(v).")
    return _VALUE_FOR_OTHER


def _other_for_value(m: Mismatch) -> Advice:
    made = 'cf_format("%s", text)' if m.gets_text else "cf_int(n)"
    if m.is_returned:
        return say(
            Failure.VALUE_MIXED_UP, f"This function returns a cf_value: wrap the result, as in `return {made};`."
        )
    return say(Failure.VALUE_MIXED_UP, f"A cf_value is wanted here: make one, as in `{made}`.")


def _about_pointers(m: Mismatch, case: Case) -> Advice | None:
    if m.wants_function and (m.gets_number or m.got == "void *"):
        call = re.search(r"\b(\w+)\s*\([^()]*\)\s*[;,}]", case.code)
        name = call[1] if call else "NAME"
        return say(
            Failure.WRONG_TYPE,
            f"`{name}(...)` calls the function here and now, and is what it returns.",
            f"The function itself, to be called later, is its name alone: `{name}`.",
        )
    if m.wanted == f"{m.got} *":
        return _address_for_thing(m, case)
    if m.got in (f"{m.wanted} *", f"{m.wanted}*"):
        way = "take the `&` away" if "&" in case.code else "put `*` in front, or choose an element with [i]"
        return say(Failure.WRONG_TYPE, f"The thing itself is wanted here, not its address: {way}.")
    if m.wanted == "void *" and not m.got.endswith("*"):
        return say(Failure.WRONG_TYPE, "An address is wanted here: put `&` in front of the variable.")
    if m.wanted == "pthread_mutex_t *" and m.got.endswith("*"):
        return say(Failure.WRONG_TYPE, "The address of a mutex is wanted here, as in `&till->lock`.")
    return None


def _address_for_thing(m: Mismatch, case: Case) -> Advice:
    target = re.match(r"\s*(\w+)\s*=[^=]", case.code)
    if m.way == "set" and target:
        name = target[1]
        return say(
            Failure.WRONG_TYPE,
            f"{name} is an address. What lies there gets a value by `{name}[0] = ...` or `*{name} = ...`.",
        )
    if re.search(r"[(,]\s*\*\w", case.code):
        return say(Failure.WRONG_TYPE, "An address is wanted here, and there is one: take the `*` away.")
    return say(Failure.WRONG_TYPE, "An address is wanted here: put `&` in front of the variable.")


def _about_texts(m: Mismatch) -> Advice | None:
    if m.wants_text and m.gets_number:
        return say(
            Failure.WRONG_TYPE,
            "A text is wanted here, and this is a number.",
            "A text stands in double quotes, \"like this\"; single quotes are for one character.",
        )
    if m.wanted == "char" and m.gets_text:
        return say(
            Failure.WRONG_TYPE,
            "A single character is wanted here, in single quotes: 'A'.",
            'Double quotes make a text, which is an address: `const char *text = "A";`.',
        )
    if m.wants_number and m.gets_text:
        return say(Failure.WRONG_TYPE, "A number is wanted here, and this is a text.")
    return None
