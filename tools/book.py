"""Build the book as HTML (`make book`).

    python -m tools.book
    python -m tools.book --without-solutions   no answers, in another folder

A warning is an error. Only what changed is built again.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import yaml

from tools import environment
from tools.environment import ROOT

CONFIG = ROOT / "_config.yml"
PROGRAM = Path(sys.executable).with_name("jupyter-book")
STRICT = ("-W", "-n", "--keep-going")
COLORS = re.compile(r"\x1b\[[0-9;]*m")
FATAL = re.compile(
    r"^(?:Extension|Configuration) error.*:\n(.+)|^(The Table of Con.+)", re.M
)
# What Sphinx does not notice: a change in any of these builds all again.
INPUTS = (
    "_assets/**/*",
    "_config.yml",
    "_ext/*.py",
    "_extra/*",
    "_templates/**/*",
    "constraints.txt",
    "requirements-book.txt",
    "tools/book.py",
)


class BookError(Exception):
    """The book could not be built; the message holds the reasons."""


def fingerprint(toc: Path) -> str:
    """A hash of everything but the pages themselves."""
    found = {f for name in INPUTS for f in ROOT.glob(name) if f.is_file()}
    content = [f.read_bytes() for f in (toc, *sorted(found))]
    return hashlib.sha256(b"\0".join(content)).hexdigest()


def build(output: Path, toc: Path, source: Path = ROOT) -> Path:
    """Build the HTML book under `output`/_build and return its first page.

    Raises `BookError` with the warnings if there are any.
    """
    target = output / "_build"
    stamp = target / "built"
    inputs = fingerprint(toc)
    # Sphinx remembers a page, not that it gave a warning. Only pages of a
    # build that ended well may be kept.
    if not stamp.exists() or stamp.read_text("utf-8") != inputs:
        for folder in ("html", ".doctrees", "jupyter_execute"):
            shutil.rmtree(target / folder, ignore_errors=True)
    stamp.unlink(missing_ok=True)
    options = ["--config", CONFIG, "--toc", toc, "--path-output", output]
    jupyter_book(source, *STRICT, *options)
    stamp.write_text(inputs, "utf-8")
    return target / "html" / "index.html"


def jupyter_book(source: Path, *options) -> None:
    """Call `jupyter-book build`, or raise `BookError` with its problems."""
    run = subprocess.run(
        [PROGRAM, "build", source, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if run.returncode:
        raise BookError(problems(COLORS.sub("", run.stdout)))


def problems(log: str) -> str:
    """The warnings and errors of a failed build, or all it said."""
    fatal = FATAL.search(log)
    if fatal:
        return fatal[1] or fatal[2]
    lines = [
        line
        for line in log.splitlines()
        if re.search(r"\b(WARNING|ERROR|CRITICAL):", line)
    ]
    return "\n".join(lines) or log


def without_solutions(toc: Path, target: Path) -> Path:
    """Write the table of contents that leaves the solutions out."""
    contents = yaml.safe_load(toc.read_text("utf-8"))
    contents["parts"] = [
        part
        for part in contents["parts"]
        if not any(
            page["file"].startswith("solutions/") for page in part["chapters"]
        )
    ]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(yaml.safe_dump(contents, sort_keys=False), "utf-8")
    return target


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.book")
    parser.add_argument("--without-solutions", action="store_true")
    arguments = parser.parse_args()
    environment.require("jupyter_book")
    environment.apply()
    output, toc = ROOT, ROOT / "_toc.yml"
    if arguments.without_solutions:
        output = ROOT / "_build" / "without-solutions"
        toc = without_solutions(toc, output / "toc.yml")
    start = time.monotonic()
    try:
        page = build(output, toc)
    except BookError as error:
        print(error)
        print("The book was not built: correct the lines above.")
        return 1
    print(f"built in {time.monotonic() - start:.1f} s: {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
