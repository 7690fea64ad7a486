"""What beginners mistype in this workbook's exercises, and what has to be said.

A mistake is a few lines inside a function of an exercise. Both compilers have
to lead to the same code and to the same advice.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.failures import Failure

# Where lines of a mistake go. The line that is meant is marked by `//!` at its end.
CARD = '#include "recipe_card.h"\nstruct card card_write(recipe *how, int guests)\n{\n%s\n}\n'
COOKS = (
    '#include "two_cooks.h"\n#include <pthread.h>\n'
    "struct job {\n    const char *dish;\n    int portions;\n};\n"
    "static void *cook(void *arg)\n{\n    return arg;\n}\n"
    "int cook_both(const char *const dishes[2], int portions[2])\n{\n"
    "    pthread_t ada;\n    struct job job = {.dish = dishes[0]};\n%s\n    return portions[0];\n}\n"
)
TILL = '#include "shared_tally.h"\nbool serve(struct till *till, const char *dish)\n{\n%s\n    return dish;\n}\n'
SIGN = '#include "first_order.h"\nconst char *word_on_the_sign(void)\n{\n%s\n}\n'
GREET = '#include "greeter.h"\nvoid greet_all(const char *names[], int count)\n{\n%s\n    (void)count;\n}\n'
POOL = GREET % "    cf_with (pool, cf_thread_pool()) {\n%s\n    }"
VISIT = '#include "failed_task.h"\n#include <errno.h>\ncf_value visit(cf_value name)\n{\n%s\n}\n'
ALL = (
    '#include "failed_task.h"\nint visit_all(const char *names[], int count)\n{\n'
    "    cf_with (pool, cf_thread_pool()) {\n        cf_future *f = cf_submit(pool, visit, names[0]);\n%s\n"
    "    }\n    return count;\n}\n"
)
SLIPS = (
    '#include "error_in_place.h"\n'
    "int64_t weigh_all(const char *parcels[], size_t count, struct slip slips[])\n{\n"
    "    cf_with (pool, cf_thread_pool()) {\n%s\n    }\n    slips[0].grams = (int64_t)count;\n    return 0;\n}\n"
)
JARS = (
    '#include "in_order.h"\nvoid cook_all(const char *fruits[], size_t count)\n{\n'
    "    cf_with (pool, cf_thread_pool()) {\n%s\n    }\n}\n"
)
FILE = '#include "greeter.h"\n%s\nvoid greet_all(const char *names[], int count)\n{\n    (void)names, (void)count;\n}\n'


@dataclass(frozen=True)
class Mistake:
    """Some lines, the kind of failure, and words that have to be said."""

    topic: str
    frame: str
    lines: str
    code: Failure
    says: str

    @property
    def source(self) -> str:
        """Return the whole file, without the mark."""
        return (self.frame % self.lines).replace("  //!", "")

    @property
    def line(self) -> int:
        """Return the number of the line that is meant."""
        marked = (self.frame % self.lines).partition("  //!")
        assert marked[1], f"no line is marked in {self.lines}"
        return marked[0].count("\n") + 1


def _kitchen(frame: str, lines: str, code: Failure, says: str) -> Mistake:
    return Mistake("00_kitchen", frame, lines, code, says)


def _submit(frame: str, lines: str, code: Failure, says: str) -> Mistake:
    return Mistake("01_submit", frame, lines, code, says)


F = Failure
MISTAKES = {
    "the task called in a map": Mistake(
        "02_map", JARS, "        cf_for (label, cf_map(pool, cook_jam(fruits), count)) {  //!\n            put_label(0, cf_as_str(label));\n        }",
        Failure.NO_TASK, "`cf_map(pool, cook_jam, fruits, count)`",
    ),
    "the task called in a map, and items": Mistake(
        "02_map", JARS, "        cf_for (label, cf_map(pool, cook_jam(fruits), fruits, count)) {  //!\n            put_label(0, cf_as_str(label));\n        }",
        Failure.NO_TASK, "This calls cook_jam here and now, once",
    ),
    "the result of a result": Mistake(
        "02_map", JARS, "        cf_for (label, cf_map(pool, cook_jam, fruits, count)) {\n            put_label(0, cf_as_str(cf_result(label)));  //!\n        }",
        Failure.VALUE_MIXED_UP, "label is a result already",
    ),
    "a given function, static": Mistake(
        "01_submit", FILE, "static void say(const char *greeting)  //!\n{\n    (void)greeting;\n}",
        Failure.NAME_TAKEN, "if it is given to you, delete yours",
    ),
    "a function of the library, static": Mistake(
        "01_submit", FILE, "static cf_value cf_result(cf_future *future)  //!\n{\n    (void)future;\n    return cf_none();\n}",
        Failure.NAME_TAKEN, "cf_result is a name of cfutures",
    ),
    "a function of the library, of another type": Mistake(
        "01_submit", FILE, "int cf_close(int door)  //!\n{\n    return door;\n}",
        Failure.NAME_TAKEN, "cf_close is a name of cfutures",
    ),
    "a macro of the library": Mistake(
        "01_submit", FILE, "cf_future *cf_submit(cf_executor *pool, cf_task *task)  //!\n{\n    return NULL;\n}",
        Failure.NAME_TAKEN, "cf_submit is a name of cfutures",
    ),
    "the address of a struct, to copy it": _submit(
        POOL, "        cf_submit(pool, greet_slowly, cf_struct(&count));  //!", F.WRONG_TYPE, "the variable itself"
    ),
    "the address of a result": _kitchen(
        COOKS, "    pthread_create(&ada, NULL, cook, &pthread_self());  //!", F.WRONG_TYPE, "has an address"
    ),
    "quote left open": _kitchen(SIGN, '    return "open;  //!', F.PUNCTUATION, "A quote is missing"),
    "quote not opened": _kitchen(SIGN, '    return open";  //!', F.PUNCTUATION, "A quote is missing"),
    "no quotes": _kitchen(SIGN, "    return open;  //!", F.UNKNOWN_NAME, "double quotes"),
    "single quotes": _kitchen(SIGN, "    return 'open';  //!", F.WRONG_TYPE, "single quotes"),
    "a mutex assigned": _kitchen(
        TILL, "    till->lock = PTHREAD_MUTEX_INITIALIZER;  //!", F.PUNCTUATION, "pthread_mutex_init(address, NULL)"
    ),
    "a member initialised in the struct": _kitchen(
        TILL,
        "    struct own {\n        pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;  //!\n    };",
        F.PUNCTUATION,
        "pthread_mutex_init(address, NULL)",
    ),
    "curly quotes": _kitchen(SIGN, "    return \u201copen\u201d;  //!", F.PUNCTUATION, "a curly quote"),
    "recipe called": _kitchen(
        CARD, "    return (struct card){.how = how(guests), .guests = guests};  //!",
        F.WRONG_TYPE, "calls the function here and now",
    ),
    "recipe called and assigned": _kitchen(
        CARD, "    struct card card;\n    card.how = how(guests);  //!\n    return card;",
        F.WRONG_TYPE, "its name alone: `how`",
    ),
    "struct forgotten": _kitchen(
        CARD, "    card c = {how, guests};  //!\n    return c;", F.UNKNOWN_NAME, "`struct card`"
    ),
    "& forgotten in create": _kitchen(
        COOKS, "    pthread_create(ada, NULL, cook, &job);  //!", F.WRONG_TYPE, "put `&` in front"
    ),
    "& forgotten at the job": _kitchen(
        COOKS, "    pthread_create(&ada, NULL, cook, job);  //!", F.WRONG_TYPE, "put `&` in front"
    ),
    "& too much in join": _kitchen(
        COOKS, "    pthread_join(&ada, NULL);  //!", F.WRONG_TYPE, "take the `&` away"
    ),
    "three arguments for create": _kitchen(
        COOKS, "    pthread_create(&ada, cook, &job);  //!", F.WRONG_COUNT, "wants four things"
    ),
    "dot for arrow": _kitchen(
        COOKS, "    struct job *mine = &job;\n    mine.portions = 1;  //!", F.WRONG_TYPE, "by `->`, not by a dot"
    ),
    "arrow for dot": _kitchen(COOKS, "    job->portions = 1;  //!", F.WRONG_TYPE, "by a dot, not by `->`"),
    "value for the array": _kitchen(
        COOKS, "    portions = prepare(dishes[0]);  //!", F.WRONG_TYPE, "`portions[0] = ...`"
    ),
    "commas in for": _kitchen(
        COOKS, "    for (int i = 0, i < 2, i++) {  //!\n    }", F.PUNCTUATION, "separated by semicolons"
    ),
    "& forgotten at the lock": _kitchen(
        TILL, "    pthread_mutex_lock(till->lock);  //!", F.WRONG_TYPE, "put `&` in front"
    ),
    "till for its lock": _kitchen(
        TILL, "    pthread_mutex_lock(till);  //!", F.WRONG_TYPE, "`&till->lock`"
    ),
    "* too much": _kitchen(TILL, "    till_write(*till, 1);  //!", F.WRONG_TYPE, "take the `*` away"),
    "Python's True": _kitchen(TILL, "    return True;  //!", F.UNKNOWN_NAME, "it is written true"),
    "no parentheses after if": _kitchen(
        TILL, "    if till_read(till) > 1 {  //!\n    }", F.PUNCTUATION, "stands in parentheses"
    ),
    "else after two lines": _kitchen(
        TILL, "    if (till)\n        cook(dish);\n        cook(dish);\n    else  //!\n        cook(dish);",
        F.PUNCTUATION, "has to stand in braces",
    ),
    "character for a text": _submit(
        GREET, "    (void)names;\n    say('H');  //!", F.WRONG_TYPE, "A text is wanted here"
    ),
    "text for a character": _submit(
        GREET, '    char c = "A";  //!\n    (void)c;\n    (void)names;', F.WRONG_TYPE, "A single character"
    ),
    "all names at once": _submit(GREET, "    say(names);  //!", F.WRONG_TYPE, "choose an element with [i]"),
    "function below": _submit(
        GREET + "static void helper(const char *names[])\n{\n    (void)names;\n}\n",
        "    helper(names);  //!", F.UNKNOWN_NAME, "only further below, in line 7",
    ),
    "index without type": _submit(
        GREET, "    for (i = 0; i < count; i++) {  //!\n        say(names[i]);\n    }",
        F.UNKNOWN_NAME, "the type stands in front",
    ),
    "void kept": _submit(
        GREET, "    int n = say(names[0]);  //!\n    (void)n;", F.WRONG_TYPE, "returns nothing"
    ),
    "cf_with swapped": _submit(
        GREET, "    cf_with (cf_thread_pool(), pool) {  //!\n        say(names[0]);\n    }",
        F.WRONG_COUNT, "The other way round",
    ),
    "cf_with without a name": _submit(
        GREET, "    cf_with (cf_thread_pool()) {  //!\n        say(names[0]);\n    }",
        F.WRONG_COUNT, "a name and the pool",
    ),
    "cf_with with a type": _submit(
        GREET, "    cf_with (cf_executor *pool, cf_thread_pool()) {  //!\n        say(names[0]);\n    }",
        F.PUNCTUATION, "C writes it `cf_with (pool",
    ),
    "pool closed behind its block": _submit(
        POOL.replace("%s\n    }", "        say(names[0]);\n    }\n%s"), "    cf_close(pool);  //!",
        F.UNKNOWN_NAME, "no cf_close is needed",
    ),
    "max_workers without a dot": _submit(
        GREET, "    cf_with (pool, cf_thread_pool(max_workers = 2)) {  //!\n        say(names[0]);\n    }",
        F.UNKNOWN_NAME, "A dot is missing",
    ),
    "future without *": _submit(
        POOL, "        cf_future f = cf_submit(pool, greet_slowly, names[0]);  //!", F.WRONG_TYPE, "`cf_future *f`"
    ),
    "futures without *": _submit(
        POOL, "        cf_future all[5];  //!\n        all[0] = cf_submit(pool, greet_slowly, names[0]);",
        F.WRONG_TYPE, "`cf_future *all`",
    ),
    "future kept as a value": _submit(
        POOL, "        cf_value v = cf_submit(pool, greet_slowly, names[0]);  //!",
        F.VALUE_MIXED_UP, "only the receipt",
    ),
    "future said": _submit(
        POOL, "        say(cf_submit(pool, greet_slowly, names[0]));  //!", F.VALUE_MIXED_UP, "not yet the text"
    ),
    "array of futures read": _submit(
        POOL,
        "        cf_future *all[5];\n        all[0] = cf_submit(pool, greet_slowly, names[0]);\n"
        "        cf_result(all);  //!",
        F.WRONG_TYPE, "`futures[i]`",
    ),
    "future behind its loop": _submit(
        POOL,
        "        for (int i = 0; i < count; i++) {\n"
        "            cf_future *one = cf_submit(pool, greet_slowly, names[i]);\n        }\n"
        "        cf_result(one);  //!",
        F.UNKNOWN_NAME, "declared in line 6, and known only until",
    ),
    "pool and task swapped": _submit(
        POOL, "        cf_submit(greet_slowly, pool, names[0]);  //!", F.NO_TASK, "The pool comes first"
    ),
    "argument forgotten": _submit(
        POOL, "        cf_submit(pool, greet_slowly);  //!\n        say(names[0]);", F.WRONG_COUNT, "three things"
    ),
    "task called with the argument": _submit(
        POOL, "        cf_submit(pool, greet_slowly(names[0]));  //!", F.NO_TASK, "its name alone"
    ),
    "result said": _submit(
        ALL, "        note(cf_result(f));  //!", F.VALUE_MIXED_UP, "with cf_as_str(v)"
    ),
    "result of the result": _submit(
        ALL, "        note(cf_exception(cf_result(f))->message);  //!", F.VALUE_MIXED_UP, "the future itself"
    ),
    "error without *": _submit(
        ALL, "        cf_error error = cf_exception(f);  //!\n        note(error.message);",
        F.WRONG_TYPE, "a `*` is missing",
    ),
    "error noted": _submit(
        ALL, "        const cf_error *error = cf_exception(f);\n        note(error);  //!",
        F.WRONG_TYPE, "`error->message`",
    ),
    "value compared": _submit(
        ALL, "        if (cf_result(f) == NULL) {  //!\n            note(\"x\");\n        }",
        F.VALUE_MIXED_UP, "can't be compared",
    ),
    "cf_fail without its number": _submit(
        VISIT, '    return cf_fail("nobody at home: %s", cf_as_str(name));  //!',
        F.WRONG_COUNT, "wants a number first",
    ),
    "cf_fail with a text alone": _submit(
        VISIT, '    (void)name;\n    return cf_fail("nobody");  //!', F.WRONG_COUNT, "wants a number first"
    ),
    "cf_fail without a message": _submit(
        VISIT, "    (void)name;\n    return cf_fail(ENOENT);  //!", F.WRONG_COUNT, "a message after the number"
    ),
    "texts added": _submit(
        VISIT, '    return "Hello, " + cf_as_str(name);  //!', F.WRONG_TYPE, "Texts can't be added"
    ),
    "text returned": _submit(
        VISIT, '    (void)name;\n    return "Hello";  //!', F.VALUE_MIXED_UP, 'return cf_format("%s", text);'
    ),
    "value formatted": _submit(
        VISIT, '    return cf_format("Hello, %s!", name);  //!', F.VALUE_MIXED_UP, "cf_as_str(v), with %s"
    ),
    "% forgotten": _submit(
        VISIT, '    return cf_format("Hello, %s!", cf_as_str(name), 1);  //!', F.WRONG_COUNT, "fewer `%`"
    ),
    "value for % forgotten": _submit(
        VISIT, '    (void)name;\n    return cf_format("Hello, %s!");  //!', F.WRONG_COUNT, "a `%` without a value"
    ),
    "count of a map forgotten": Mistake(
        "02_map", SLIPS,
        "        cf_for (grams, cf_map(pool, weigh, parcels)) {  //!\n            (void)grams;\n        }",
        F.WRONG_COUNT, "the number of items is missing",
    ),
}  # fmt: skip
