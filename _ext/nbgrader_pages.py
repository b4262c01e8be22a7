"""Exercises and solutions as pages: no marker lines, folded checks, a note.

Only the page changes: Sphinx copies the notebook itself for the download.
"""

import json

MARKERS = ("### BEGIN ", "### END ")
WORK = (
    "To work on these exercises, download this page as a notebook (the arrow "
    "at the top, then `.ipynb`), open it in JupyterLab and write your answers "
    "into its cells. The folded checks say what to look at if an answer is "
    "wrong."
)
ASKED = (
    "Replace each `raise NotImplementedError(…)` by your code, "
    "then run the cells below it."
)
GIVEN = "Each answer is one of several that pass the checks."
ANSWERS = "Compare afterward with {{doc}}`the solutions </{}>`."


def show(app, docname, source):
    """Change the text that Sphinx has read, if it is such a notebook."""
    book = docname.split("/")[0]
    if book not in ("exercises", "solutions"):
        return
    page = json.loads(source[0])
    for cell in page["cells"]:
        if cell["cell_type"] == "code":
            unmark(cell)
            fold(cell)
    first = page["cells"][0]
    text = "".join(first["source"])
    if book == "solutions":
        text = text.replace("# Exercises:", "# Solutions:", 1)
        first["source"] = text.replace(ASKED, GIVEN)
    else:
        first["source"] = text + note(app, docname)
    source[0] = json.dumps(page)


def note(app, docname):
    """Say how to work an exercise and, if the book has it, where it is solved.

    It becomes a part of the first cell: a new cell would shift the numbers
    by which warnings name the others.
    """
    solution = docname.replace("exercises", "solutions", 1)
    answers = ANSWERS.format(solution) * (solution in app.env.found_docs)
    return f"\n\n:::{{note}}\n{WORK}\n{answers}\n:::\n"


def unmark(cell):
    """Drop nbgrader's marker lines."""
    lines = "".join(cell["source"]).splitlines(keepends=True)
    kept = [x for x in lines if not x.strip().startswith(MARKERS)]
    cell["source"] = "".join(kept).rstrip("\n")


def fold(cell):
    """Fold a check under a line that says what it is worth."""
    metadata = cell["metadata"]
    if not metadata.get("nbgrader", {}).get("grade"):
        return
    points = metadata["nbgrader"]["points"]
    worth = f"{points} point{'' if points == 1 else 's'}"
    metadata["tags"] = [*metadata.get("tags", []), "hide-input"]
    metadata["mystnb"] = {
        "code_prompt_show": f"Check ({worth})",
        "code_prompt_hide": f"Check ({worth})",
    }


def setup(app):
    app.connect("source-read", show)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
