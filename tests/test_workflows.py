"""The workflows of GitHub Actions: correct, and unable to fail quietly."""

import re
import subprocess
import sysconfig
from pathlib import Path

import pytest
import yaml

from tools.environment import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
# Keys and commands by which a job is left out, or fails and looks well.
SKIPPING = {"if", "continue-on-error", "paths", "paths-ignore"}
SWALLOWING = re.compile(r"\|\| *(true|:|exit 0|echo)|set \+e|; *true\b")

PINNED = re.compile(r"[\w/-]+@[0-9a-f]{40}|\./\.github/workflows/\w+\.yml")


def lines(node, key=""):
    """Every key of a workflow, with each single value that it leads to."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield str(name), None
            yield from lines(value, str(name))
    elif isinstance(node, list):
        for value in node:
            yield from lines(value, key)
    else:
        yield key, str(node)


def targets(makefile: str) -> set[str]:
    return set(re.findall(r"^(\w+):(?!=)", makefile, re.MULTILINE))


def problems(workflow: dict, root: Path = ROOT) -> list[str]:
    """What would let a workflow fail quietly, or fail for sure."""
    known = targets((root / "Makefile").read_text("utf-8"))
    found = []
    for key, value in lines(workflow):
        if value is None:
            if key in SKIPPING:
                found.append(f"`{key}` can hide a failure: remove it")
        elif key == "run":
            if SWALLOWING.search(value):
                found.append(f"`{value}` swallows a failure")
            for target in re.findall(r"\bmake (\w+)", value):
                if target not in known:
                    found.append(f"the Makefile has no target {target}")
            for tool in re.findall(r"-m tools\.(\w+)", value):
                if not (root / "tools" / f"{tool}.py").exists():
                    found.append(f"there is no tools/{tool}.py")
        elif key == "uses" and not PINNED.fullmatch(value):
            found.append(f"pin {value} to a commit")
    for name, job in workflow["jobs"].items():
        if not {"uses", "timeout-minutes"} & set(job):
            found.append(f"job {name} has no timeout-minutes")
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_cannot_fail_quietly(path):
    found = problems(yaml.safe_load(path.read_text("utf-8")))
    assert not found, f"{path.name}: " + "; ".join(found)


@pytest.mark.parametrize(
    ("job", "message"),
    [
        ({"continue-on-error": True}, "`continue-on-error` can hide"),
        ({"if": "always()"}, "`if` can hide"),
        ({"steps": [{"run": "make test || true"}]}, "swallows a failure"),
        ({"steps": [{"run": "set +e\nmake test"}]}, "swallows a failure"),
        ({"steps": [{"run": "make tests"}]}, "no target tests"),
        ({"steps": [{"run": "python -m tools.tests"}]}, "no tools/tests.py"),
        ({"steps": [{"uses": "actions/checkout@v5"}]}, "to a commit"),
        ({"timeout-minutes": None}, "no timeout-minutes"),
    ],
)
def test_a_planted_fault_is_found(job, message):
    job = {"timeout-minutes": 5} | job
    job = {key: value for key, value in job.items() if value is not None}
    assert message in "; ".join(problems({"jobs": {"planted": job}}))


def test_continuous_integration_cannot_fail_quietly():
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert not SWALLOWING.search(script)
    assert "set -euo pipefail" in script


@pytest.mark.parametrize(
    "command",
    [
        ["zizmor", "--offline", "--quiet", "."],
        [
            "check-jsonschema",
            "--builtin-schema",
            "vendor.github-workflows",
            *map(str, WORKFLOWS),
        ],
        ["pre-commit", "validate-config"],
    ],
    ids=lambda command: command[0],
)
def test_linter(command):
    program = Path(sysconfig.get_path("scripts")) / command[0]
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
