"""Renew `constraints.txt`: exact versions of what our requirements require.

The direct requirements are pinned by hand in the requirements files. This
lets pip choose the rest anew and writes it down (`make pins`). Packages that
only other systems need are not among them.
"""

import json
import subprocess
import sys

from tools.environment import ROOT

TARGET = ROOT / "constraints.txt"
HEAD = """\
# Exact versions of what the requirements themselves require.
# Made by `make pins`; do not edit.
"""


def direct() -> list[str]:
    """The lines of the requirements files that name a package."""
    return [
        line
        for file in ("requirements-book.txt", "requirements.txt")
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if line[:1].isalnum()
    ]


def transitive() -> list[str]:
    """What pip would install for them into an empty environment."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    how = ["--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    answer = subprocess.run(
        [*pip, "install", *how, *direct()], stdout=subprocess.PIPE, check=True
    )
    return sorted(
        (
            "{name}=={version}".format(**package["metadata"]).split("+")[0]
            for package in json.loads(answer.stdout)["install"]
            if not package["requested"]
        ),
        key=str.lower,
    )


def main() -> None:
    pins = transitive()
    TARGET.write_text(HEAD + "\n".join(pins) + "\n", "utf-8")
    print(f"{TARGET.name}: {len(pins)} packages")


if __name__ == "__main__":
    main()
