"""Make `.venv` and install a requirements file into it, if that changed.

    python3 tools/install.py requirements-book.txt

It runs before anything is installed, so it imports the standard library and
`tools.environment` only.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.environment import ROOT, python_problem

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NO_NETWORK = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "Failed to establish a new connection",
    "getaddrinfo failed",
    "Network is unreachable",
    "ConnectTimeoutError",
    "nodename nor servname",
)


def closure(path: Path) -> list[Path]:
    """A requirements file and those it includes by -r or -c, in order."""
    files = [path]
    for line in path.read_text("utf-8").splitlines():
        words = line.split()
        if words[:1] in (["-r"], ["-c"]):
            files += closure(path.parent / words[1])
    return files


def fingerprint(path: Path) -> str:
    """A hash of the Python in use and of all that the file asks for."""
    content = [sys.version, *(p.read_text("utf-8") for p in closure(path))]
    return hashlib.sha256("\0".join(content).encode()).hexdigest()


def explain(log: str, requirements: Path) -> str:
    """One line for a failed pip: what is wrong, what to do."""
    if any(sign in log for sign in NO_NETWORK):
        return (
            "No network: the packages of "
            f"{requirements.name} could not be fetched. Connect and run the "
            "same command again."
        )
    errors = [line for line in log.splitlines() if line.startswith("ERROR")]
    reason = errors[0].removeprefix("ERROR: ") if errors else log.strip()[-300:]
    return f"pip could not install {requirements.name}: {reason}"


def install(requirements: Path) -> None:
    """Install the requirements, or stop with one line."""
    problem = python_problem()
    if problem:
        raise SystemExit(problem)
    if not PYTHON.exists():
        print(f"making {VENV.name} …", flush=True)
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise SystemExit(
                "Python's venv module does not work here: install it (on "
                "Debian and Ubuntu: apt install python3-venv) and try again."
            )
    stamp = VENV / f"installed-{requirements.stem}"
    wanted = fingerprint(requirements)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"installing {requirements.name} …", flush=True)
    pip = subprocess.run(
        [str(PYTHON), "-m", "pip", "install", "--quiet",
         "--disable-pip-version-check", "-r", str(requirements)],
        capture_output=True,
        text=True,
    )
    if pip.returncode:
        raise SystemExit(explain(pip.stdout + pip.stderr, requirements))
    stamp.write_text(wanted)


if __name__ == "__main__":
    install(ROOT / sys.argv[1])
