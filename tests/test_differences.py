"""No difference of a chapter is forgotten on the page of all differences.

The page shows tables, made by its cells: topic, Keras, PyTorch, links to
chapters. A row covers a row of a linked chapter if it has its topic, whole
or up to a colon, or if the dictionary of the page's cell `same` says so.
A row that links no chapter is the page's own. A chapter that was never run
is not written yet, and is linked in advance.
"""

import ast
import re
from pathlib import Path

import pytest

from tests import form
from tools import notebook
from tools.environment import ROOT

PAGE = "capstone/differences"
LINK = re.compile(r"\[[^\]]*\]\(\.\./(\w+)/(\w+)\.ipynb\)")


def executed(page: form.Page) -> dict[str, list[str]]:
    """Topic → linked chapters, of the tables that the page has computed."""
    found = {}
    for cell in page.code:
        for output in cell.outputs:
            text = output.get("data", {}).get("text/markdown", "")
            for line in text.splitlines()[2:]:
                topic, _, _, links = line.strip("| ").split(" | ")
                found[topic] = ["/".join(link) for link in LINK.findall(links)]
    return found


def names(topic: str) -> set[str]:
    """What a row may be called: its topic, and what is before a colon."""
    return {topic, topic.partition(": ")[0]}


def renamed(page: form.Page) -> dict[str, dict[str, list[str]]]:
    """Chapter → its topic → rows here, as the cell `same` says."""
    cell = next(c for c in page.code if c.id == "same")
    return ast.literal_eval(ast.parse(cell.source).body[0].value)


def problems(root: Path) -> list[str]:
    """What is forgotten, invented, or linked to nothing."""
    pages = {
        notebook.name(path): form.Page(path, root)
        for path in sorted((root / "chapters").glob("*/*.ipynb"))
    }
    page = pages[PAGE]
    rows, same, found = executed(page), renamed(page), []
    slugs = {name.split("/")[1]: name for name in pages}
    said = {
        name: [row["topic"] for row in p.course.get("differences", [])]
        for name, p in pages.items()
    }
    for slug, topics in same.items():
        for topic, here in topics.items():
            if topic not in said.get(slugs.get(slug), ()):
                found.append(f"same: {slug} has no difference {topic!r}")
            for name in here:
                if not any(
                    name in names(row) and slugs.get(slug) in links
                    for row, links in rows.items()
                ):
                    found.append(f"same: no row {name!r} that links {slug}")
    backed = set()  # pairs of a row and a chapter
    for chapter, topics in said.items():
        more = same.get(chapter.split("/")[1], {})
        for topic in topics:
            wanted = {topic, *more.get(topic, ())}
            covers = {
                (row, chapter)
                for row, links in rows.items()
                if chapter in links and wanted & names(row)
            }
            if not covers:
                found.append(f"{chapter}: not on {PAGE}: {topic!r}")
            backed |= covers
    for row, links in rows.items():
        for chapter in links:
            written = "verified" in pages[chapter].nb.metadata
            if written and (row, chapter) not in backed:
                found.append(f"{PAGE}: {chapter} has no row for {row!r}")
    return found


def test_none_forgotten():
    found = problems(ROOT)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


# The test is tested: each fault that it is there for is planted --------------


def change(tree: Path, name: str, edit) -> str:
    """Edit a notebook of a copy; return what stood there before."""
    path = tree / f"chapters/{name}.ipynb"
    before = path.read_text("utf-8")
    nb = notebook.read(path)
    edit(nb)
    notebook.write(nb, path)
    return before


def invent(nb):
    row = {"topic": "invented", "tensorflow": "yes", "torch": "no"}
    nb.metadata.course.differences.append(row)


def withdraw(nb):
    topics = [row["topic"] for row in nb.metadata.course.differences]
    del nb.metadata.course.differences[topics.index("slope of ReLU at NaN")]


def cell(nb, cell_id):
    return next(c for c in nb.cells if c.id == cell_id)


def map_to_nothing(nb):
    source = cell(nb, "same").source
    entry = '{\n    "relu": {"slope of ReLU at NaN": ["no such row"]},'
    cell(nb, "same").source = source.replace("{", entry, 1)


def map_of_nothing(nb):
    source = cell(nb, "same").source
    entry = '{\n    "relu": {"no such topic": ["slope of ReLU at NaN"]},'
    cell(nb, "same").source = source.replace("{", entry, 1)


def edit_table(nb, edit):
    data = cell(nb, "kinks-table").outputs[0]["data"]
    data["text/markdown"] = edit(data["text/markdown"])


def forget(nb):
    edit_table(nb, lambda text: re.sub(r"\n.*of ReLU at NaN.*", "", text))


def add_row(nb):
    line = "\n| no chapter's | 1 | 2 | [relu](../activations/relu.ipynb) |"
    edit_table(nb, lambda text: text + line)


def add_own_row(nb):
    edit_table(
        nb, lambda text: text + "\n| no chapter's | 1 | 2 | only here |"
    )


FAULTS = {
    "a row invented in a chapter": (
        "activations/relu",
        invent,
        ["activations/relu: not on capstone/differences: 'invented'"],
    ),
    "a row that a chapter has no longer": (
        "activations/relu",
        withdraw,
        [f"{PAGE}: activations/relu has no row for 'slope of ReLU at NaN'"],
    ),
    "an entry of the map to nothing": (
        PAGE,
        map_to_nothing,
        ["same: no row 'no such row' that links relu"],
    ),
    "an entry of the map of nothing": (
        PAGE,
        map_of_nothing,
        ["same: relu has no difference 'no such topic'"],
    ),
    "a row forgotten here": (
        PAGE,
        forget,
        [f"activations/relu: not on {PAGE}: 'slope of ReLU at NaN'"],
    ),
    "a row that no chapter has": (
        PAGE,
        add_row,
        [f'{PAGE}: activations/relu has no row for "no chapter\'s"'],
    ),
    "a row marked as this page's own": (PAGE, add_own_row, []),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted(tree, fault):
    name, edit, wanted = FAULTS[fault]
    before = change(tree, name, edit)
    try:
        assert problems(tree) == wanted
    finally:
        path = tree / f"chapters/{name}.ipynb"
        path.write_text(before, "utf-8", newline="\n")
