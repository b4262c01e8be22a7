"""What `make test` says at its end, and the spelling that it checks."""

from collections import Counter

import nbformat

from tools import environment, notebook, spelling, test

REPORT = """\
<testsuites><testsuite>
<testcase classname="chapters.part.slug.ipynb" name="Cell 1" time="2.5"/>
<testcase classname="chapters.part.slug.ipynb" name="Cell 2" time="1.5">
<failure message="differs">4 is not 5</failure></testcase>
<testcase classname="chapters.part.data.ipynb" name="Cell 1" time="0.1">
<skipped message="MNIST is not there"/></testcase>
<testcase classname="tests.test_form" name="test_page" time="0.2"/>
</testsuite></testsuites>
"""


def test_report_of_pytest(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    stage = test.Stage("notebooks", seconds=4.3)
    test.read(report, stage)
    assert stage.counts == Counter(passed=2, failed=1, skipped=1)
    assert stage.files["chapters/part/slug.ipynb"] == 4.0

    lint = test.Stage("lint", Counter(passed=3), 1.0)
    text = test.summary([lint, stage], 5.3).splitlines()
    assert text[-1] == "5 passed, 1 failed, 1 skipped"
    assert text[2:5] == [
        "lint        passed           1.0",
        "notebooks   FAILED           4.3",
        "all                          5.3",
    ]
    slowest = text.index("slowest notebooks, in seconds")
    assert text[slowest + 1].split() == ["4.0", "chapters/part/slug.ipynb"]
    assert "  chapters/part/data.ipynb: MNIST is not there" in text
    assert "  notebooks: chapters/part/slug.ipynb :: Cell 2" in text


def test_pytest_that_runs_nothing_is_a_failure(tmp_path):
    stage = test.Stage("structure")
    test.pytest(stage, str(tmp_path), "--rootdir", str(tmp_path), workers=0)
    assert stage.failed, "no test ran, and the stage passed"


def test_without_a_network_mnist_is_skipped_by_name(tmp_path, monkeypatch):
    from tools import mnist

    monkeypatch.setattr(mnist, "needed", lambda: True)
    monkeypatch.setattr(mnist, "path", lambda: tmp_path / "mnist.npz")
    monkeypatch.setattr(mnist, "fetch", lambda: "no network")
    absent = test.Stage("data")
    test.data(absent)
    assert absent.counts == Counter(skipped=1)
    assert "no network" in test.summary([absent], 0.0)

    (tmp_path / "mnist.npz").touch()
    damaged = test.Stage("data")
    test.data(damaged)
    assert damaged.failed == ["MNIST: no network"]


def test_a_misspelled_word_is_found_in_its_cell(monkeypatch, tmp_path):
    nb = nbformat.read(notebook.find("chapters")[0], as_version=4)
    nb.cells[2].source += "\nThis is teh end."  # codespell:ignore
    path = tmp_path / "chapters" / "part" / "slug.ipynb"
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    notebook.write(nb, path)
    line = len(nb.cells[2].source.splitlines())
    assert spelling.in_notebooks([path]) == [
        f"chapters/part/slug.ipynb, cell {nb.cells[2].id}, line {line}: "
        "teh ==> the"  # codespell:ignore
    ]
