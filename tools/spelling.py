"""Check the spelling of all prose, that in notebooks too, by codespell.

codespell alone would read the pictures in a notebook as words, and name
lines of its JSON. Here it reads the cells, and a message names the cell.
"""

import subprocess
import sys
from pathlib import Path

from tools import environment, notebook

CODESPELL = [sys.executable, "-m", "codespell_lib"]


def lines(path: Path) -> list[tuple[str, str]]:
    """The lines of all cells, each with its place in words."""
    file = path.relative_to(environment.ROOT).as_posix()
    return [
        (f"{file}, cell {cell.id}, line {number}", line)
        for cell in notebook.read(path).cells
        for number, line in enumerate(cell.source.split("\n"), start=1)
    ]


def in_notebooks(paths: list[Path]) -> list[str]:
    """A message for each misspelled word in the cells of the notebooks."""
    content = [line for path in paths for line in lines(path)]
    found = subprocess.run(
        [*CODESPELL, "--stdin-single-line", "-"],
        input="\n".join(line for _, line in content) + "\n",
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if found.stderr:
        raise SystemExit(f"codespell: {found.stderr.strip()}")
    messages = []
    for report in found.stdout.splitlines():
        number, _, correction = report.partition(": ")
        messages.append(f"{content[int(number) - 1][0]}: {correction}")
    return messages


def main() -> int:
    found = in_notebooks(notebook.find())
    for message in found:
        print(message)
    files = subprocess.run([*CODESPELL, "."], cwd=environment.ROOT)
    return 1 if found or files.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
