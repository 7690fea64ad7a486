"""Draw docs/pictures/ownership.svg: what lives from when to when, and who has it.

Run it after a change here:

    python3 docs/pictures/ownership.py
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
WIDTH, HEIGHT = 930, 452
TOP, ROW, BAR = 84, 52, 22

# What happens, from left to right: where, and what it is called.
EVENTS = {
    "open": (206, "cf_with {"),
    "submit": (304, "cf_submit"),
    "start": (412, "task starts"),
    "end": (538, "task ends"),
    "result": (640, "cf_copy"),
    "close": (742, "}"),
    "after": (848, "cf_free, cf_release"),
}
COLOURS = {"you": "#3b6fb6", "task": "#c7752b", "future": "#3c8a5a", "pool": "#7a5aa8"}
LEGEND = (("you", "yours"), ("task", "the task's"), ("future", "the future's"), ("pool", "the pool's"))
INK, FAINT, PAPER = "#222222", "#9a9a9a", "#ffffff"


@dataclass(frozen=True)
class Bar:
    """Something that lives from one event to another."""

    row: int
    name: str
    owner: str
    begins: float
    ends: float
    says: str = ""


def x(event: str) -> float:
    """Return where an event is."""
    return EVENTS[event][0]


BARS = (
    Bar(0, "your text", "you", x("open") + 14, x("submit") + 26, "name"),
    Bar(1, "the argument", "future", x("submit"), x("close"), "a copy of it"),
    Bar(2, "made and dropped", "task", x("start") + 18, x("end"), "draft"),
    Bar(3, "made and returned", "task", x("start") + 46, x("end"), "greeting"),
    Bar(3, "", "future", x("end"), x("close"), "the result"),
    Bar(4, "a copy of the result", "you", x("result"), x("after"), "cf_copy(result)"),
    Bar(5, "the future", "pool", x("submit"), x("close"), "with all that it has"),
    Bar(5, "", "you", x("close"), x("after"), "if cf_keep"),
)
# A copy, or a move: from which row to which, and when.
ARROWS = ((0, 1, x("submit"), "copied"), (3, 4, x("result"), "copied"))


def middle(row: int) -> float:
    """Return the height of a row's middle."""
    return TOP + ROW * row + ROW / 2


def text(at: tuple[float, float], words: str, *, anchor: str = "start", colour: str = INK, size: int = 13) -> str:
    """Return some words."""
    place = f'x="{at[0]:g}" y="{at[1]:g}"'
    return f'<text {place} text-anchor="{anchor}" fill="{colour}" font-size="{size}">{escape(words)}</text>'


def events() -> list[str]:
    """Return the events, each with its line through all rows."""
    parts = []
    for at, words in EVENTS.values():
        line = f'x1="{at}" y1="{TOP - 18}" x2="{at}" y2="{TOP + ROW * 6}"'
        parts.append(f'<line {line} stroke="{FAINT}" stroke-dasharray="2 4"/>')
        parts.append(text((at, TOP - 26), words, anchor="middle"))
    return parts


def bar(part: Bar) -> list[str]:
    """Return a bar, with its name on the left and what it is inside."""
    y, width = middle(part.row) - BAR / 2, part.ends - part.begins
    colour = COLOURS[part.owner]
    parts = [f'<rect x="{part.begins:g}" y="{y:g}" width="{width:g}" height="{BAR}" rx="4" fill="{colour}"/>']
    if part.name:
        parts.append(text((16, middle(part.row) + 5), part.name))
    parts.append(text((part.begins + 8, middle(part.row) + 5), part.says, colour=PAPER, size=12))
    return parts


def arrow(above: int, below: int, at: float, words: str) -> list[str]:
    """Return an arrow from one row down to another."""
    begins, ends = middle(above) + BAR / 2, middle(below) - BAR / 2
    line = f'x1="{at:g}" y1="{begins:g}" x2="{at:g}" y2="{ends - 3:g}"'
    return [
        f'<line {line} stroke="{INK}" stroke-width="1.5" marker-end="url(#head)"/>',
        text((at + 8, (begins + ends) / 2 + 4), words, size=12),
    ]


def legend() -> list[str]:
    """Return what the colours mean."""
    parts, at = [], 16.0
    for owner, words in LEGEND:
        parts.append(f'<rect x="{at:g}" y="14" width="16" height="16" rx="3" fill="{COLOURS[owner]}"/>')
        parts.append(text((at + 22, 27), words))
        at += 46 + 7 * len(words)
    return parts


def picture() -> str:
    """Return the whole picture."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" role="img">',
        "<title>Who has what, from when to when</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="{INK}"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
    )
    bars = [line for part in BARS for line in bar(part)]
    arrows = [line for each in ARROWS for line in arrow(*each)]
    moves = [
        text((x("end") + 8, middle(2) + 5), "freed", size=12),
        text((x("end"), middle(3) - BAR / 2 - 4), "moves", anchor="middle", size=12),
    ]
    foot = text((16, HEIGHT - 14), "Time goes from left to right. What has reached the end of its bar is freed.", size=12)
    return "\n".join((*head, *legend(), *events(), *bars, *arrows, *moves, foot, "</svg>", ""))


if __name__ == "__main__":
    (HERE / "ownership.svg").write_text(picture(), encoding="utf-8")
