"""The canonical form of notebooks, and the tools that read and write it."""

import json

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from tests.form import Page
from tools import environment, notebook, run, text

v4 = nbformat.v4


def stream(words):
    return v4.new_output("stream", text=words)


def raw():
    """A notebook as an editor leaves it."""
    code = v4.new_code_cell(
        "print(1)",
        id="code",
        execution_count=7,
        metadata={
            "tags": ["tab-numpy", "hide-input"],
            "execution": {"iopub.execute_input": "2025-01-02T03:04:05Z"},
            "collapsed": False,
            "mystnb": {},
        },
        outputs=[
            stream("1\n"),
            stream("2\n"),
            v4.new_output(
                "execute_result",
                {"image/png": "AAAA\n", "text/plain": "3"},
                execution_count=7,
                metadata={"image/png": {"width": 10}},
            ),
        ],
    )
    return v4.new_notebook(
        cells=[v4.new_markdown_cell("# A", id="title"), code],
        metadata={
            "kernelspec": {"name": "conda", "display_name": "mine"},
            "language_info": {"name": "python", "version": "3.11.7"},
            "course": {"minutes": 1},
        },
    )


def test_canonical_form():
    form = notebook.canonical(raw())
    title, code = form["cells"]
    assert title["source"] == ["# A"]
    assert code["metadata"] == {"tags": ["hide-input", "tab-numpy"]}
    assert code["execution_count"] == 1
    printed, shown = code["outputs"]
    assert printed["text"] == ["1\n", "2\n"]
    assert shown["execution_count"] == 1
    assert shown["metadata"] == {}
    assert shown["data"] == {"image/png": "AAAA", "text/plain": ["3"]}
    assert form["metadata"] == {**notebook.KERNEL, "course": {"minutes": 1}}


def test_canonical_form_of_itself(tmp_path):
    path = tmp_path / "part" / "a.ipynb"
    notebook.write(raw(), path)
    assert notebook.dumps(notebook.read(path)) == path.read_text("utf-8")
    assert path.read_text("utf-8").endswith("}\n")
    assert [p.name for p in path.parent.iterdir()] == ["a.ipynb"]


@pytest.mark.parametrize("cell_id", ["title", None])
def test_ids_are_not_repaired(tmp_path, cell_id):
    nb = notebook.canonical(raw())
    nb["cells"][1]["id"] = cell_id
    if cell_id is None:
        del nb["cells"][1]["id"]
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(nb))
    with pytest.raises(notebook.BrokenNotebook, match=r" id "):
        notebook.read(path)


def test_hash_is_of_code_and_tags_alone():
    nb, before = raw(), notebook.code_hash(raw())
    nb.cells[0].source += " new title"
    nb.cells[1].outputs = []
    nb.cells[1].metadata["mystnb"] = {"image": {"alt": "new"}}
    assert notebook.code_hash(nb) == before
    nb.cells[1].metadata["tags"].append("rtol-0.1")
    tagged = notebook.code_hash(nb)
    nb.cells[1].source += "  # new"
    assert len({before, tagged, notebook.code_hash(nb)}) == 3


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"cells": 3}', '{"nbformat": 4, "cells": [{}]}'],
)
def test_broken_file_gets_one_line(tmp_path, content):
    path = tmp_path / "a.ipynb"
    path.write_text(content)
    with pytest.raises(notebook.BrokenNotebook) as caught:
        notebook.read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: not a readable notebook")
    assert "\n" not in message and "git checkout" in message


@pytest.mark.parametrize(
    "path",
    notebook.find(),
    ids=lambda path: path.relative_to(environment.ROOT).as_posix(),
)
def test_text_and_back(path):
    """What an author edits as text comes back whole, with its outputs."""
    page = Page(path)
    back = text.from_text(text.to_text(page.nb), page.nb)
    assert notebook.dumps(back) == page.raw


def test_text_of_an_edited_cell_has_lost_its_output():
    words = text.to_text(raw()).replace("print(1)", "print(2)")
    back = text.from_text(words, raw())
    assert back.cells[1].id == "code"
    assert back.cells[1].outputs == []
    assert back.cells[1].execution_count is None


def test_run(tmp_path):
    path = tmp_path / "a.ipynb"
    nb = raw()
    nb.cells[1].source = "x = 0.5\nx"
    notebook.write(nb, path)
    run.run(path)
    page = notebook.read(path)
    assert page.cells[1].outputs[0].data["text/plain"] == "0.5"
    assert page.metadata.verified == notebook.code_hash(page)
    first = path.read_bytes()
    run.run(path)
    assert path.read_bytes() == first


def test_run_that_fails_changes_nothing(tmp_path):
    path = tmp_path / "a.ipynb"
    nb = raw()
    nb.cells[1].source = "1 / 0"
    notebook.write(nb, path)
    before = path.read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        run.run(path)
    assert path.read_bytes() == before
