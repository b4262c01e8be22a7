"""Make `.venv` and install a requirements file into it, if that changed.

    python3 tools/install.py requirements-book.txt

It runs before anything is installed, perhaps on a Python too old for us, so
it imports the standard library and `tools.environment` only.
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
# There while pip works: a later call that finds it knows of an interruption.
UNFINISHED = VENV / "unfinished"
NO_NETWORK = (
    "connection broken by",
    "Max retries exceeded",
    "Failed to establish a new connection",
    "Read timed out",
)


def closure(path: Path) -> "list[Path]":
    """A requirements file and those it includes by -r or -c, in order."""
    files = [path]
    for line in path.read_text("utf-8").splitlines():
        words = line.split()
        if words[:1] in (["-r"], ["-c"]):
            files += closure(path.parent / words[1])
    return files


def fingerprint(path: Path) -> str:
    """A hash of the Python asked for and of all that the file asks for."""
    content = [version(), *(p.read_text("utf-8") for p in closure(path))]
    return hashlib.sha256("\0".join(content).encode()).hexdigest()


def version() -> str:
    """The version of the Python that runs this, such as `3.11`."""
    return "{}.{}".format(*sys.version_info)


def venv_problem() -> "str | None":
    """Say why `.venv` has to be made anew, or nothing."""
    if not VENV.exists():
        return "there is none yet"
    if UNFINISHED.exists():
        return "the last installation was interrupted"
    show = "import pip, sys; print('{}.{}'.format(*sys.version_info))"
    try:
        found = subprocess.run(
            [str(PYTHON), "-c", show], capture_output=True, text=True
        )
    except OSError:
        return "its Python does not start"
    if found.returncode:
        return "it is incomplete"
    if found.stdout.strip() != version():
        return f"it holds Python {found.stdout.strip()}, not {version()}"
    return None


def make_venv() -> None:
    """Make `.venv` from nothing, or stop with one line."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        capture_output=True,
        text=True,
    )
    if made.returncode == 0:
        return
    log = (made.stdout + made.stderr).strip()
    if "ensurepip" in log or "No module named venv" in log:
        raise SystemExit(
            "Python's venv module does not work here. Install it (on Debian "
            "and Ubuntu: apt install python3-venv) and run this again."
        )
    raise SystemExit(f"{VENV} could not be made: {log.splitlines()[-1]}")


def explain(log: str, requirements: Path) -> str:
    """One line for a failed pip: what is wrong, what to do."""
    if any(sign in log for sign in NO_NETWORK):
        return (
            "No network, or a package server that does not answer: the "
            f"packages of {requirements.name} could not be fetched. Connect "
            "and run this again."
        )
    errors = [line for line in log.splitlines() if line.startswith("ERROR")]
    reason = (errors or [log.strip()[-300:]])[-1].replace("ERROR: ", "")
    return f"pip could not install {requirements.name}: {reason}"


def install(requirements: Path) -> None:
    """Install the requirements, or stop with one line."""
    problem = python_problem()
    if problem:
        raise SystemExit(problem)
    stamp = VENV / f"installed-{requirements.stem}"
    wanted = fingerprint(requirements)
    if (
        PYTHON.exists()
        and not UNFINISHED.exists()
        and stamp.exists()
        and stamp.read_text() == wanted
    ):
        return
    problem = venv_problem()
    if problem:
        print(f"making {VENV.name} ({problem})", flush=True)
        make_venv()
    print(
        f"installing {requirements.name} (minutes, the first time)",
        flush=True,
    )
    UNFINISHED.touch()
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    command += ["install", "--quiet", "--retries", "2"]
    pip = subprocess.run(
        [*command, "-r", str(requirements)], capture_output=True, text=True
    )
    log = pip.stdout + pip.stderr
    if pip.returncode == 0 or any(sign in log for sign in NO_NETWORK):
        # Without a network pip has changed nothing: it fetches all it needs
        # before it installs the first package.
        UNFINISHED.unlink()
    if pip.returncode:
        raise SystemExit(explain(log, requirements))
    stamp.write_text(wanted)


if __name__ == "__main__":
    try:
        install(ROOT / sys.argv[1])
    except KeyboardInterrupt:
        raise SystemExit("\nInterrupted. Run the same again.") from None
