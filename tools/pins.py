"""Renew `constraints.txt`: exact versions of what our requirements require.

The direct requirements are pinned by hand in the requirements files; this
installs them into a new environment without constraints and writes down the
rest (`make pins`).
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "constraints.txt"
HEAD = """\
# Exact versions of what the requirements themselves require.
# Made by `make pins`; do not edit.
"""


def normal(name: str) -> str:
    """A package name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct() -> list[str]:
    """The lines of the requirements files that name a package."""
    return [
        line
        for file in ("requirements-book.txt", "requirements.txt")
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if line and line[0].isalnum()
    ]


def transitive(freeze: str) -> list[str]:
    """The lines of `pip freeze` that are no direct requirement."""
    named = {normal(line.split("==")[0]) for line in direct()}
    pins = [line.split("+")[0] for line in freeze.splitlines() if "==" in line]
    kept = [p for p in pins if normal(p.split("==")[0]) not in named]
    return sorted(kept, key=str.lower)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        venv = Path(folder) / "venv"
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        python = next(venv.glob("*/python*"))
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(direct()), "utf-8")
        pip = [python, "-m", "pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-q", "-r", wanted], check=True)
        freeze = subprocess.run(
            [*pip, "freeze"], check=True, capture_output=True, text=True
        ).stdout
    pins = transitive(freeze)
    TARGET.write_text(HEAD + "\n".join(pins) + "\n", "utf-8")
    print(f"{TARGET.name}: {len(pins)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
