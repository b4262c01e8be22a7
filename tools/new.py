"""Start a chapter from the template (`make new CHAPTER=part/slug`).

It makes the chapter, its solution, its exercise and its wrong answers, all
of them small and whole, and puts them into `_toc.yml`. Nothing that exists
is overwritten.
"""

import re
import sys
from pathlib import Path

from tools import exercises, notebook, text
from tools.environment import ROOT

TEMPLATE = Path(__file__).with_name("template")
TOC = ROOT / "_toc.yml"
NAME = re.compile(r"[a-z][a-z0-9]*/[a-z][a-z0-9]*(_[a-z0-9]+)*")
BOOKS = ("chapters", "exercises", "solutions")


def fill(name: str, part: str, slug: str) -> str:
    """A file of the template with the names of the new chapter."""
    words = slug.replace("_", " ")
    content = (TEMPLATE / name).read_text("utf-8")
    for mark, value in {
        "@part@": part,
        "@slug@": slug,
        "@dash@": slug.replace("_", "-"),
        "@title@": words.capitalize(),
        "@lower@": words,
    }.items():
        content = content.replace(mark, value)
    return content


def listed(toc: str, part: str, slug: str) -> str:
    """The table of contents with the chapter, exercise and solution.

    The chapter comes last in its part, the others behind those of its part.
    Raises ValueError if the part has no chapter yet.
    """
    for book in BOOKS:
        entries = re.findall(rf"^ *- file: {book}/\w+/\w+\n", toc, re.M)
        own = [entry for entry in entries if f"/{part}/" in entry]
        if not own and book == "chapters":
            raise ValueError(
                f"_toc.yml has no part with chapters/{part}/… yet: enter the "
                "part and this chapter there, then run the command again."
            )
        last = (own or entries)[-1]
        new = re.sub(r"/\w+/\w+\n", f"/{part}/{slug}\n", last)
        if new not in entries:
            toc = toc.replace(last, last + new)
    return toc


def create(part: str, slug: str) -> list[Path]:
    """Make the files of a chapter and return them.

    Raises FileExistsError if one is there already.
    """
    place = f"{part}/{slug}"
    chapter = ROOT / f"chapters/{place}.ipynb"
    solution = ROOT / f"solutions/{place}.ipynb"
    wrong = ROOT / f"tests/wrong_answers/{place}.py"
    made = [chapter, solution, exercises.target(solution), wrong]
    for path in made:
        if path.exists():
            raise FileExistsError(f"{path.relative_to(ROOT)} is there already")
    toc = listed(TOC.read_text("utf-8"), part, slug)
    for path, name in ((chapter, "chapter.md"), (solution, "solution.md")):
        notebook.write(text.from_text(fill(name, part, slug)), path)
    exercise = exercises.exercise(notebook.read(solution))
    notebook.write(exercise, exercises.target(solution))
    wrong.parent.mkdir(parents=True, exist_ok=True)
    wrong.write_text(fill("wrong_answers.py", part, slug), "utf-8")
    TOC.write_text(toc, "utf-8")
    return made


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not NAME.fullmatch(arguments[0]):
        print("Say which: make new CHAPTER=part/slug, as activations/sigmoid.")
        return 2
    try:
        made = create(*arguments[0].split("/"))
    except (FileExistsError, ValueError) as error:
        print(error)
        return 1
    for path in made:
        print(path.relative_to(ROOT))
    print("Next: edit the chapter and the solution in `make lab`, then")
    print(f"make run NOTEBOOK=chapters/{arguments[0]}.ipynb")
    print(f"make run NOTEBOOK=solutions/{arguments[0]}.ipynb")
    print("make exercises")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
