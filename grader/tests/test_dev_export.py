"""`dev export`: what it refuses, and that it writes the same bytes for the same commit."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from authors import EXERCISE, SOLUTION, TEXT, WRONG, Author, author
from grader.cli import main

__all__ = ["author"]

RULES = "grader/release/students.toml"
RULES_TEXT = """
in = ["exercises", "lessons", "grader/lessons", "grader/skeletons", "workbook"]
out = ["docs", "grader/release", "grader/wrong", "solutions"]
[instead]
"README.md" = "grader/release/README.md"
"""


class Publisher:
    """An author whose course is a git repository, all committed."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self.root = author.root
        author.writes(RULES, RULES_TEXT)
        author.writes("grader/release/README.md", "# For you\n")
        author.writes("workbook", "#!/bin/sh\n")
        (self.root / "workbook").chmod(0o755)
        self.git("init", "-q")
        self.commits()

    def git(self, *arguments: str) -> None:
        """Call git with a name and a time of its own."""
        facts = {"NAME": "author", "EMAIL": "author@example.org", "DATE": "1600000000 +0000"}
        env = {f"GIT_{role}_{name}": fact for role in ("AUTHOR", "COMMITTER") for name, fact in facts.items()}
        subprocess.run(["git", *arguments], cwd=self.root, env={**os.environ, **env}, check=True)

    def commits(self) -> None:
        """Commit everything."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "all")

    def exports(self, to: Path, *more: str) -> tuple[int, str, str]:
        """Call `dev export --students`; return its exit code and what it printed."""
        code = main(["--root", str(self.root), "dev", "export", "--students", "--to", str(to), *more])
        printed = self.author.capsys.readouterr()
        return code, printed.out, printed.err


@pytest.fixture
def publisher(author: Author) -> Publisher:
    """Return an author with a repository."""
    return Publisher(author)


def content(folder: Path) -> dict[str, bytes]:
    """Return a folder's files."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_holds_what_is_in_and_nothing_else(publisher: Publisher, tmp_path: Path) -> None:
    code, out, err = publisher.exports(tmp_path / "release")
    assert (code, err) == (0, "") and "01_sound" in out
    files = content(tmp_path / "release")
    assert files["README.md"] == b"# For you\n"
    assert files[EXERCISE] == (publisher.root / EXERCISE).read_bytes()
    assert b"commit" in files["RELEASE"]
    assert not [name for name in files if name.startswith(("solutions", "grader/wrong", "docs", ".git"))]
    assert os.access(tmp_path / "release" / "workbook", os.X_OK)
    assert not os.access(tmp_path / "release" / "README.md", os.X_OK)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release", "sound"]  # no draft is left


def test_a_tar_file_unpacks_to_the_same_files(publisher: Publisher, tmp_path: Path) -> None:
    publisher.exports(tmp_path / "release")
    publisher.exports(tmp_path / "release.tar")
    with tarfile.open(tmp_path / "release.tar") as archive:
        assert archive.getmember(archive.getnames()[-1]).mtime == 1600000000
        archive.extractall(tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    assert content(folder) == content(tmp_path / "release")
    assert os.access(folder / "workbook", os.X_OK)


def test_the_same_commit_gives_the_same_bytes(publisher: Publisher, tmp_path: Path) -> None:
    publisher.exports(tmp_path / "one.tar")
    clone = tmp_path / "clone"
    shutil.copytree(publisher.root, clone, copy_function=shutil.copy)  # newer files, in another place
    publisher.root = clone
    publisher.exports(tmp_path / "two.tar")
    one, two = (hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("one.tar", "two.tar"))
    assert one == two


@pytest.mark.parametrize("name", [TEXT, "lessons/01_sound/new.c"])
def test_changes_that_are_not_committed_are_refused(publisher: Publisher, tmp_path: Path, name: str) -> None:
    publisher.author.writes(name, "# changed\n")
    code, _, err = publisher.exports(tmp_path / "release")
    assert code == 2 and name in err and "--allow-changes" in err
    assert not (tmp_path / "release").exists()


def test_changes_are_taken_if_asked_for_and_named(publisher: Publisher, tmp_path: Path) -> None:
    publisher.author.writes(TEXT, "# changed\n")
    assert publisher.exports(tmp_path / "release", "--allow-changes")[0] == 0
    files = content(tmp_path / "release")
    assert files[TEXT] == b"# changed\n" and b"not committed" in files["RELEASE"]


@pytest.mark.parametrize("name", ["there", "there.tar"])
def test_nothing_is_overwritten(publisher: Publisher, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    code, _, err = publisher.exports(tmp_path / name)
    assert code == 2 and "exists already" in err
    assert (tmp_path / name).read_text() == "mine"


def test_a_compressed_file_is_not_mistaken_for_a_folder(publisher: Publisher, tmp_path: Path) -> None:
    code, _, err = publisher.exports(tmp_path / "release.tar.gz")
    assert code == 2 and ".tar" in err
    assert not (tmp_path / "release.tar.gz").exists()


def test_a_place_that_cannot_be_written_is_named(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = publisher.exports(tmp_path / "file" / "release")
    assert code == 3 and "can't be written" in err and "--to" in err


def test_a_course_that_is_no_repository_has_no_release(author: Author, tmp_path: Path) -> None:
    author.writes(RULES, RULES_TEXT)
    to = ("--to", str(tmp_path / "release"))
    assert main(["--root", str(author.root), "dev", "export", "--students", *to]) == 3
    assert "not a git repository" in author.capsys.readouterr().err


def test_an_exercise_that_somebody_has_solved_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    shutil.copy(publisher.root / SOLUTION, publisher.root / EXERCISE)
    publisher.commits()
    code, _, err = publisher.exports(tmp_path / "release")
    assert code == 3 and f"{EXERCISE}: it is not the handed-out file" in err
    assert not (tmp_path / "release").exists()


def test_a_symbolic_link_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    (publisher.root / "lessons" / "link").symlink_to("/etc/passwd")
    publisher.commits()
    code, _, err = publisher.exports(tmp_path / "release")
    assert code == 3 and "symbolic link" in err


# ----- the aspect of dev check -----


def test_sound_rules_have_no_finding(publisher: Publisher) -> None:
    assert publisher.author.finds("release") == []


def test_a_file_without_a_rule_is_found(publisher: Publisher, tmp_path: Path) -> None:
    publisher.author.writes("notes.txt", "x")
    publisher.commits()
    (finding,) = publisher.author.finds("release")
    assert finding.startswith("notes.txt: no rule of grader/release/students.toml fits it")
    code, _, err = publisher.exports(tmp_path / "release")
    assert code == 3 and "notes.txt" in err


def test_a_rule_for_nothing_is_found(publisher: Publisher) -> None:
    publisher.author.replaces(RULES, '"workbook"', '"workbook", "grader/nowhere"')
    (finding,) = publisher.author.finds("release")
    assert "the rule 'grader/nowhere' decides about no file" in finding


def test_a_solution_that_is_in_is_found(publisher: Publisher) -> None:
    publisher.author.replaces(RULES, '"workbook"', f'"workbook", "{SOLUTION}", "{WRONG}"')
    findings = publisher.author.finds("release")
    assert [f for f in findings if f.startswith(f"{SOLUTION}: students would get it")]
    assert [f for f in findings if f.startswith(f"{WRONG}/") and "students would get it" in f]


@pytest.mark.parametrize("link", ["../../docs/source-map.toml", "../../solutions", "gone.md"])
def test_a_link_to_what_is_left_out_is_found(publisher: Publisher, link: str) -> None:
    text = (publisher.root / TEXT).read_text()
    publisher.author.writes(TEXT, f"{text}\n[more]({link})\n")
    (finding,) = publisher.author.finds("release")
    assert finding.startswith(f"{TEXT}: in a release its link to {link} leads nowhere")


def test_what_is_put_in_another_place_is_linked_from_there(publisher: Publisher) -> None:
    links = f"[a](lessons) [b]({TEXT}#your-turn) [c](README.md)\n"
    publisher.author.writes("grader/release/README.md", links)
    assert publisher.author.finds("release") == []


def test_a_missing_replacement_is_found(publisher: Publisher) -> None:
    publisher.author.removes("grader/release/README.md")
    publisher.commits()
    assert [f for f in publisher.author.finds("release") if "put in for README.md, is not tracked" in f]


def test_an_unknown_key_is_found(publisher: Publisher) -> None:
    publisher.author.writes(RULES, f"outside = []\n{RULES_TEXT}")
    (finding,) = publisher.author.finds("release")
    assert "unknown key 'outside'" in finding
