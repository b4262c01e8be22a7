"""`make new` starts a chapter that is whole before a word is changed."""

import re
import subprocess
import sys

import pytest

from tools import new
from tools.environment import ROOT

TOC = """\
parts:
  - chapters:
      - file: chapters/one/first
  - chapters:
      - file: exercises/one/first
  - chapters:
      - file: solutions/one/first
"""


def test_listed_last_in_its_part():
    toc = new.listed(TOC, "one", "second")
    for book in ("chapters", "exercises", "solutions"):
        pair = f"- file: {book}/one/first\n      - file: {book}/one/second\n"
        assert pair in toc
    assert new.listed(toc, "one", "second") == toc


def test_a_part_without_chapters_is_named():
    with pytest.raises(ValueError, match="chapters/two/"):
        new.listed(TOC, "two", "first")
    begun = TOC.replace(
        "one/first\n", "one/first\n      - file: chapters/two/first\n", 1
    )
    assert "exercises/two/first" in new.listed(begun, "two", "first")


@pytest.mark.parametrize(
    "arguments", [[], ["sigmoid"], ["a/B"], ["../x/y"], ["a/b", "c/d"]]
)
def test_a_bad_name_gives_one_line(arguments, capsys):
    assert new.main(arguments) == 2
    assert capsys.readouterr().out.count("\n") == 1


def test_nothing_is_overwritten(capsys):
    assert new.main(["nonlinearity/neuron"]) == 1
    assert "is there already" in capsys.readouterr().out


def test_the_template_is_a_whole_chapter(tree):
    """Made, run and checked; only its length is not that of a chapter."""

    def python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tree,
            capture_output=True,
            text=True,
        )

    made = python("-m", "tools.new", "nonlinearity/a_new_one")
    assert made.returncode == 0, made.stdout + made.stderr
    books = ("chapters", "solutions")
    paths = [f"{book}/nonlinearity/a_new_one.ipynb" for book in books]
    ran = python("-m", "tools.run", *paths)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    checked = python(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("tests/test_form.py", "tests/test_exercises.py"),
    )
    problems = [
        line for line in checked.stdout.splitlines() if "a_new_one" in line
    ]
    # The heading, the one problem that is to be expected, the summary.
    assert len(problems) == 3, checked.stdout
    assert re.search(r"has \d+ words: a chapter has 1,500", problems[1])
    assert (tree / "_toc.yml").read_text() != (ROOT / "_toc.yml").read_text()
