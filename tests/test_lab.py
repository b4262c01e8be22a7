"""What JupyterLab writes when `make lab` opened it."""

import copy

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import (
    LargeFileManager,
)

from tools import environment, lab, notebook

EXAMPLE = notebook.find("exercises")[0]


@pytest.fixture
def save(tmp_path):
    """Save a notebook as JupyterLab does; return the bytes written."""
    manager = LargeFileManager(
        root_dir=str(tmp_path), pre_save_hook="tools.lab.before_save"
    )

    def save(nb, place="work/exercises/neuron.ipynb"):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        content = {"type": "notebook", "format": "json", "content": nb}
        manager.save(copy.deepcopy(content), place)
        return file.read_bytes()

    return save


@pytest.fixture
def disturbed():
    """A notebook as JupyterLab holds it, with traces of the session."""
    nb = nbformat.read(EXAMPLE, as_version=4)
    nb.metadata["verified"] = "as it was"
    nb.metadata["language_info"]["version"] = "3.11.7"
    nb.cells[0].metadata["trusted"] = True
    nb.cells[0].metadata["jp-MarkdownHeadingCollapsed"] = True
    return nb


def test_saved_in_canonical_form(save, disturbed):
    written = save(disturbed)
    assert written.decode() == notebook.dumps(disturbed)
    assert b"as it was" in written
    assert b"3.11.7" not in written
    assert b"HeadingCollapsed" not in written


def test_committed_notebook_stays_byte_for_byte(save):
    for path in notebook.find():
        nb = nbformat.read(path, as_version=4)
        assert save(nb) == path.read_bytes(), path


def test_other_folders_are_left_alone(save, disturbed):
    assert b"HeadingCollapsed" in save(disturbed, "elsewhere/neuron.ipynb")


@pytest.mark.parametrize("fault", ["breaks", "loses a line"])
def test_saved_as_it_is_rather_than_not_at_all(
    save, disturbed, monkeypatch, fault
):
    def canonical(nb):
        if fault == "breaks":
            raise KeyError("id")
        shorter = copy.deepcopy(nb)
        shorter.cells[-1].source = ""
        return shorter

    monkeypatch.setattr(lab, "canonical", canonical)
    written = save(disturbed)
    cells = nbformat.reads(written.decode(), 4).cells
    assert [c.source for c in cells] == [c.source for c in disturbed.cells]
    assert b"HeadingCollapsed" in written


def test_a_pasted_picture_is_kept(save, disturbed):
    picture = {"a.png": {"image/png": "aGVsbG8="}}
    disturbed.cells[0]["attachments"] = picture
    assert b"aGVsbG8=" in save(disturbed)


def test_work_of_the_reader_is_never_overwritten(tmp_path, monkeypatch):
    exercise = tmp_path / "exercises" / "part" / "slug.ipynb"
    exercise.parent.mkdir(parents=True)
    exercise.write_text("the exercise")
    for module in (environment, notebook):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    lab.copy_exercises()
    mine = tmp_path / "work" / "exercises" / "part" / "slug.ipynb"
    assert mine.read_text() == "the exercise"
    mine.write_text("my answer")
    lab.copy_exercises()
    assert mine.read_text() == "my answer"
