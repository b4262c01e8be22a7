"""The one environment in which notebooks are made, checked and opened.

Every command that starts a kernel calls `apply()` first, so a number in a
stored output means the same to its author, to the tests and to a student.

Pythons too old for the project import this file to say so: it must parse and
import on 3.6, hence the quoted annotations.
"""

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
PYTHONS = ((3, 11), (3, 13))
BOOKS = ("chapters", "solutions", "exercises")
FRAMEWORKS = {"numpy": "NumPy", "tensorflow": "TensorFlow", "torch": "PyTorch"}


def variables() -> "dict[str, str]":
    """The environment variables, as a dictionary of strings.

    NONLINEAR_THREADS is the only one taken from outside: `make portability`
    sets it to see what a second thread changes.
    """
    threads = os.environ.get("NONLINEAR_THREADS", "1")
    return {
        # TensorFlow reports its start on stderr and reorders sums for speed.
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        # The notebooks run in parallel, and sums depend on the thread count.
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "TF_NUM_INTRAOP_THREADS": threads,
        "TF_NUM_INTEROP_THREADS": threads,
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        # Settings of the person at the keyboard stay out of the outputs.
        "KERAS_HOME": str(CACHE / "keras"),
        "KERAS_BACKEND": "tensorflow",
        "IPYTHONDIR": str(CACHE / "ipython"),
        "MATPLOTLIBRC": str(ROOT / "matplotlibrc"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def apply() -> None:
    """Put the variables into this process, for it and for its kernels."""
    os.environ.update(variables())
    CACHE.mkdir(exist_ok=True)


def python_problem() -> "str | None":
    """Say in one line why this Python cannot be used, or nothing."""
    low, high = PYTHONS
    if low <= sys.version_info[:2] <= high:
        return None
    return (
        f"Python {sys.version_info[0]}.{sys.version_info[1]} cannot be used: "
        f"install one from {low[0]}.{low[1]} to {high[0]}.{high[1]} and name "
        "it, as in `make PYTHON=python3.11 book`."
    )


def missing(modules) -> "str | None":
    """Say in one line which of the modules are not installed, or nothing."""
    names = [m for m in modules if importlib.util.find_spec(m) is None]
    if not names:
        return None
    labels = ", ".join(FRAMEWORKS.get(name, name) for name in names)
    return (
        f"Not installed: {labels}. "
        "Run `python -m pip install -r requirements.txt`."
    )


def require(*modules: str) -> None:
    """Stop with one line if this Python or one of the modules will not do."""
    problem = python_problem() or missing(modules)
    if problem:
        raise SystemExit(problem)
