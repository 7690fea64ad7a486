"""The timeline as a page: whole, escaped, self-contained, and it steps in a browser."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Workbook, call

VOID = {"meta", "wbr"}
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
DEADLOCK = """
#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, right = PTHREAD_MUTEX_INITIALIZER;
static void *back(void *unused)
{
    pthread_mutex_lock(&right);
    pthread_mutex_lock(&left); // "</code></ol><script>alert('&amp;')</script>"
    pthread_mutex_unlock(&left);
    pthread_mutex_unlock(&right);
    return unused;
}
int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, back, NULL);
    pthread_mutex_lock(&left);
    pthread_mutex_lock(&right);
    pthread_mutex_unlock(&right);
    pthread_mutex_unlock(&left);
    return pthread_join(thread, NULL);
}
"""


@dataclass
class Element:
    """An element of a page, with its own text and its children's."""

    tag: str
    attributes: Mapping[str, str | None]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str, name: str = "") -> list[Element]:
        """Return the elements of a tag, and of a class if one is given."""
        classes = (self.attributes.get("class") or "").split()
        found = [self] if self.tag == tag and (not name or name in classes) else []
        return found + [element for child in self.children for element in child.all(tag, name)]

    def words(self) -> str:
        """Return all text inside."""
        return self.text + "".join(child.words() for child in self.children)


class Reader(HTMLParser):
    """Reads a page strictly: everything that is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open = [Element("page", {})]
        self.feed(text)
        self.close()
        assert len(self.open) == 1, f"<{self.open[-1].tag}> is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory, tiny: Path) -> str:
    """Return the id of a deadlock's trace; its source was edited since."""
    source = tmp_path_factory.mktemp("edited") / "program.c"
    source.write_text(DEADLOCK)
    found = call(tiny, "explore", str(source), "--json", "--", "-DWIDE=1").json
    source.write_text("int main(void) { return 0; }")
    return str(found["bug"]["trace"])


@pytest.fixture
def written(workbook: Workbook, trace: str) -> Path:
    """Return the page, as `replay --html` writes it."""
    called = workbook("replay", trace, "--html")
    assert called.code == 1 and called.err == ""
    return Path(called.out.strip())


@pytest.fixture
def page(written: Path) -> Element:
    """Return the page, read."""
    return Reader(written.read_text()).open[0]


def test_the_page_lies_with_the_trace_and_is_the_same_each_time(
    tiny: Path, written: Path, trace: str, workbook: Workbook
) -> None:
    before = written.read_text()
    assert written == tiny / ".workbook" / "traces" / trace / "timeline.html"
    assert Path(workbook("replay", trace, "--html").out.strip()) == written
    assert written.read_text() == before


def test_each_step_of_the_text_is_one_row_with_one_acting_thread(
    page: Element, workbook: Workbook, trace: str
) -> None:
    text = workbook("replay", trace).out
    numbers = re.findall(r"^ {1,5}(\d+) ", text[text.index("T1 (back)\n") :], re.MULTILINE)
    rows = page.all("tr", "step")
    assert [row.all("th")[0].text for row in rows] == numbers
    assert all(len(row.all("td")) == 2 and len(row.all("td", "acts")) == 1 for row in rows)
    assert [head.text for head in page.all("thead")[0].all("th")] == ["step", "main", "T1 (back)"]


def test_the_last_step_tells_who_holds_and_who_waits(page: Element) -> None:
    main, back = (cell.attributes["title"] for cell in page.all("tr", "step")[-1].all("td"))
    legend = page.all("p", "legend")[0]
    letter = dict(
        zip(re.findall(r"left|right", legend.text), (b.text for b in legend.all("span", "lock")), strict=True)
    )
    assert main == f"waits for a mutex (right), held by T1 (back); holds {letter['left']} (left)"
    assert back == f"waits for a mutex (left), held by main; holds {letter['right']} (right)"
    assert page.all("td", "found")[0].words().startswith("deadlock: program.c:")


def test_the_source_is_shown_as_it_was_every_line_once(page: Element) -> None:
    lines = [item.all("code")[0].text for item in page.all("li") if item.attributes.get("id")]
    assert lines == DEADLOCK.splitlines()


def test_every_step_leads_to_its_line(page: Element) -> None:
    lines = {item.attributes.get("id"): item for item in page.all("li")}
    links = [link for row in page.all("tr", "step") for link in row.all("a")]
    assert len(links) >= 5
    for link in links:
        target = lines[(link.attributes["href"] or "").removeprefix("#")]
        number, _, text = link.words().partition(":\u00a0")
        assert target.all("span")[0].text == number and text == target.all("code")[0].text.strip()


def test_text_of_the_program_makes_no_element(page: Element) -> None:
    assert len(page.all("script")) == 1 and "alert" not in page.all("script")[0].text


def test_nothing_is_fetched(written: Path, page: Element) -> None:
    assert "default-src 'none'" in written.read_text()
    for tag in ("link", "img", "iframe", "script", "a"):
        for element in page.all(tag):
            assert "src" not in element.attributes
            assert (element.attributes.get("href") or "#").startswith("#")
    assert "url(" not in page.all("style")[0].text and "@import" not in page.all("style")[0].text


def test_the_flags_are_kept(page: Element) -> None:
    assert "Compiled with -DWIDE=1." in page.all("p", "facts")[0].text


def in_browser(written: Path, folder: Path, keys: str) -> Element:
    """Return the page after some keys were pressed in a browser."""
    assert BROWSER
    presses = f"for (const key of {keys}) document.dispatchEvent(new KeyboardEvent('keydown', {{ key }}));"
    copy = folder / "pressed.html"
    copy.write_text(written.read_text().replace("</body>", f"<script>{presses}</script></body>"))
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}", "--dump-dom",
         copy.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return Reader(re.sub(r"<!DOCTYPE html>", "", done.stdout)).open[0]


@pytest.mark.skipif(not BROWSER, reason="there is no Chromium")
@pytest.mark.parametrize(
    ("keys", "index"),
    [("[]", -1), ("['Home']", 0), ("['Home', 'ArrowLeft', 'ArrowRight']", 1), ("['Home', 'End']", -1)],
)
def test_the_keys_step_through_the_page(written: Path, tmp_path: Path, keys: str, index: int) -> None:
    page = in_browser(written, tmp_path, keys)
    rows = page.all("tr", "step")
    (current,) = [row for row in rows if "aria-current" in row.attributes]
    assert rows.index(current) == index % len(rows)
    shown = [item.text for item in page.all("dl")[0].all("dd")]
    assert shown == [cell.attributes["title"] for cell in current.all("td")]
    here = [item for item in page.all("li") if "here" in (item.attributes.get("class") or "")]
    acting = current.all("td", "acts")[0].attributes.get("data-at")
    assert [item.attributes["id"] for item in here] == ([acting] if acting else [])
