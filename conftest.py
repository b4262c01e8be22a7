"""How pytest runs notebooks here, however it is called.

nbval runs them. What it compares, and how it reports, is ours from the
moment that this file is imported, in every process of a parallel run.
"""

from collections import defaultdict
from pathlib import Path
from textwrap import indent

import nbval.kernel
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError

from tests import comparison
from tools import environment, kernel, notebook

environment.apply()


def pytest_configure(config):
    """Refuse what cannot work in one line; keep a notebook in one worker."""
    problem = environment.python_problem()
    if not problem and _notebooks_wanted(config):
        problem = environment.missing([*environment.FRAMEWORKS, "ipykernel"])
    if not problem and config.option.nbval_lax:
        problem = "--nbval-lax compares no outputs: leave it out."
    if problem:
        raise pytest.UsageError(problem)
    if config.getoption("dist", "no") != "no":
        config.option.dist = "loadfile"
        config.option.loadscopereorder = False


def _notebooks_wanted(config) -> bool:
    paths = [Path(argument.split("::")[0]) for argument in config.args]
    return config.option.nbval and any(
        path.suffix == ".ipynb" or any(path.glob("**/*.ipynb"))
        for path in paths
    )


def pytest_collection_modifyitems(items):
    """Begin with the notebooks that say they are slow, slowest first.

    Parallel workers then come to their end together.
    """
    items.sort(key=lambda item: -_seconds(item))


def _seconds(item) -> float:
    if not isinstance(item, IPyNbCell):
        return 0
    return item.parent.nb.metadata.get("course", {}).get("seconds", 0)


def collect(self):
    """Make a test of each code cell, numbered as JupyterLab numbers it.

    Only tags count: nbval's comments (`# NBVAL_SKIP`) do nothing here. A
    cell that never ran is compared too, except in exercises, where nothing
    has run.
    """
    try:
        self.nb = notebook.read(self.path)
    except notebook.BrokenNotebook as error:
        raise self.CollectError(str(error)) from None
    course = self.nb.metadata.get("course", {})
    reason = _unmet(course.get("needs", []))
    exercise = "exercises" in self.path.relative_to(environment.ROOT).parts
    code = [cell for cell in self.nb.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        if not exercise and cell.execution_count is None:
            cell.execution_count = 0
        options = defaultdict(bool, check=True)
        options["check_exception"] = "raises-exception" in _tags(cell)
        item = IPyNbCell.from_parent(
            self,
            name=f"Cell {number}",
            cell_num=number,
            cell=cell,
            options=options,
        )
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))
        yield item


def _unmet(needs: list[str]) -> str | None:
    if "mnist" not in needs:
        return None
    from tools import mnist

    return mnist.problem()


def _tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def where(item: IPyNbCell) -> str:
    """The notebook and the cell, as every message names them."""
    path = item.path.relative_to(environment.ROOT).as_posix()
    return f"{path}, code cell {item.cell_num} (id {item.cell.id})"


def compare_outputs(self, computed, stored, skip_compare=None) -> bool:
    """Compare as `tests.comparison` does and keep what differs."""
    self.comparison_traceback = comparison.differences(
        stored, computed, _tags(self.cell), where(self)
    )
    return not self.comparison_traceback


def repr_failure(self, excinfo) -> str:
    """Say which cell of which notebook failed, and how."""
    error = excinfo.value
    if not isinstance(error, NbCellError):
        return f"{where(self)}: {error!r}"
    return (
        f"{where(self)}: {error}\n"
        f"{indent(error.inner_traceback or '', '  ')}\n\n"
        f"{indent(error.source, '    ')}"
    )


def reportinfo(self):
    """The place for pytest's listings, which make `::` of dots."""
    return self.path, 0, self.name


nbval.kernel.KernelManager = kernel.manager
IPyNbFile.collect = collect
IPyNbCell.compare_outputs = compare_outputs
IPyNbCell.repr_failure = repr_failure
IPyNbCell.reportinfo = reportinfo
