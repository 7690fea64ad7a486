"""`dev check` goes red when a text, a link, or the map of a sound course is spoiled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from authors import FACTS, MAP, PROGRAM, STATIC, TEXT, Author, author

__all__ = ["author"]

Spoil = Callable[[Author], None]

SPOILED: dict[str, tuple[Spoil, str, str]] = {
    # the map
    "place of a review": (
        lambda a: a.replaces(FACTS, "section =", 'after = "01_sonud"\nsection ='),
        FACTS,
        "it stands after '01_sonud', which is no lesson",
    ),
    "home of an entry": (lambda a: a.replaces(MAP, 'planned = "02_later"', ""), MAP, "it lives nowhere"),
    "place that is there": (
        lambda a: a.replaces(MAP, "lessons/01_sound", "lessons/01_gone"),
        MAP,
        "does not exist",
    ),
    "words at a place": (
        lambda a: a.replaces(MAP, "lessons/01_sound", "lessons/01_sound/README.md#no such words"),
        MAP,
        "does not hold 'no such words'",
    ),
    "plan for what is there": (
        lambda a: a.replaces(MAP, "02_later", "01_sound"),
        MAP,
        "planned for 01_sound, which is there now",
    ),
    "same id twice": (lambda a: a.replaces(MAP, "doubling-more", "doubling"), MAP, "used twice"),
    "section of the lesson": (
        lambda a: a.replaces(FACTS, 'section = "doubling"', 'section = "tripling"'),
        FACTS,
        "the map has no section 'tripling': name one of: doubling",
    ),
    # links and texts
    "file behind a link": (lambda a: a.replaces(TEXT, "twice.h)", "thrice.h)"), TEXT, "leads nowhere"),
    "heading behind a link": (
        lambda a: a.writes("README.md", "[x](lessons/01_sound/README.md#two-of-nothing)\n"),
        "README.md",
        "#two-of-nothing leads nowhere",
    ),
    "minutes as in the facts": (
        lambda a: a.replaces(FACTS, "minutes = 10", "minutes = 12"),
        TEXT,
        "it does not say 'Time: 12 minutes with the exercises', as 01_sound.toml does",
    ),
    "marker": (
        lambda a: a.replaces(TEXT, "<!-- code: doubled.c#main -->\n", ""),
        f"{TEXT}:26",
        "has no marker",
    ),
    "known marker": (lambda a: a.replaces(TEXT, "any-order", "some-order"), TEXT, "is no marker"),
    "reason for not running": (
        lambda a: a.replaces(TEXT, "<!-- output: doubled.c -->", "<!-- not run: -->"),
        TEXT,
        "is no marker",
    ),
    "region": (lambda a: a.replaces(PROGRAM, "// [/main]", ""), TEXT, "has no region 'main'"),
    "code as in the program": (
        lambda a: a.replaces(PROGRAM, "20 + argc", "21"),
        TEXT,
        "differs from doubled.c at",
    ),
    "program of the lesson": (
        lambda a: a.replaces(FACTS, 'programs = ["doubled.c"]', "programs = []"),
        TEXT,
        "doubled.c is no program of this lesson",
    ),
    "mention": (
        lambda a: a.replaces(FACTS, '["doubled.c"]', '["doubled.c", "silent.c"]'),
        TEXT,
        "never mentions silent.c",
    ),
    "heading": (
        lambda a: a.replaces(TEXT, "## What to remember", "## Anything"),
        TEXT,
        "has no part 'Remember'",
    ),
    "enough words": (lambda a: a.writes(TEXT, "doubled.c\n"), TEXT, "not 300 to 900"),
    "TODO in the text": (
        lambda a: a.replaces(TEXT, "It takes five", "TODO: It takes five"),
        TEXT,
        "not written yet",
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_it_goes_red(author: Author, spoiled: str) -> None:
    spoil, file, words = SPOILED[spoiled]
    spoil(author)
    findings = author.finds(*STATIC)
    assert any(file in finding and words in finding for finding in findings), "\n".join(findings)
