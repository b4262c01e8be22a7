"""Run notebooks in place and leave them in canonical form (`make run`)."""

import subprocess
import sys
import time
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools import environment, notebook

SECONDS_A_CELL = 600


def run(path: Path) -> None:
    """Format, execute and store one notebook with its hash.

    A notebook that fails is left as it was. Raises `CellExecutionError`.
    """
    ruff = [sys.executable, "-m", "ruff", "format", "--quiet"]
    subprocess.run([*ruff, str(path)], check=True)
    nb = notebook.read(path)
    NotebookClient(
        nb,
        timeout=SECONDS_A_CELL,
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
    ).execute()
    nb.metadata["verified"] = notebook.code_hash(nb)
    notebook.write(nb, path)


def main(arguments: list[str]) -> int:
    environment.require(*environment.FRAMEWORKS)
    environment.apply()
    paths = [Path(a).resolve() for a in arguments] or notebook.find(
        "chapters", "solutions"
    )
    failed = 0
    for path in paths:
        start = time.monotonic()
        try:
            run(path)
            result = "ran"
        except (CellExecutionError, notebook.BrokenNotebook) as error:
            failed += 1
            result = f"FAILED\n{error}\n"
        print(
            f"{path.relative_to(environment.ROOT)}: {result} "
            f"({time.monotonic() - start:.1f} s)"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
