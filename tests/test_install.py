"""`tools/install.py` on the machines that it will meet."""

import ast
import importlib.metadata
import os
import shutil
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import environment, install

OLDEST = (3, 6)
FILES = ("install.py", "environment.py")


@pytest.fixture
def clone(tmp_path):
    """A folder with what the installation needs, and no `.venv`."""
    (tmp_path / "tools").mkdir()
    for name in FILES:
        shutil.copy(environment.ROOT / "tools" / name, tmp_path / "tools")
    (tmp_path / "requirements.txt").write_text("numpy==0.0.0\n")
    return tmp_path


def run(root, **variables):
    """Run the installation where no network answers."""
    nowhere = "http://127.0.0.1:9"
    keep = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    return subprocess.run(
        [sys.executable, "tools/install.py", "requirements.txt"],
        cwd=root,
        env=keep
        | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": nowhere,
            "HTTP_PROXY": nowhere,
            "HTTPS_PROXY": nowhere,
        }
        | variables,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", FILES)
def test_old_pythons_get_as_far_as_the_message(name):
    """They parse the file, and evaluate no annotation that they lack."""
    source = (environment.ROOT / "tools" / name).read_text("utf-8")
    for node in ast.walk(ast.parse(source, feature_version=OLDEST)):
        if isinstance(node, ast.FunctionDef):
            arguments = node.args.args + node.args.kwonlyargs
            for hint in [node.returns, *(a.annotation for a in arguments)]:
                assert isinstance(hint, ast.Name | ast.Constant | None), (
                    f"tools/{name}, line {node.lineno}: quote the annotation "
                    f"`{ast.unparse(hint)}` of {node.name}: Python "
                    "3.6 stops at it before it can say that it is too old"
                )


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_wrong_python(monkeypatch, version):
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    with pytest.raises(SystemExit, match=r"cannot be used: install one"):
        install.install(environment.ROOT / "requirements.txt")


def test_no_network_then_interrupted(clone):
    first = run(clone)
    assert "making .venv (there is none yet)" in first.stdout
    assert first.returncode == 1
    assert first.stderr.startswith("No network")
    assert first.stderr.count("\n") == 1

    again = run(clone)
    assert "making" not in again.stdout, "a whole .venv was made anew"

    (clone / ".venv" / "unfinished").touch()
    repaired = run(clone)
    assert "the last installation was interrupted" in repaired.stdout
    assert repaired.stderr.startswith("No network")


@pytest.mark.parametrize(
    ("python", "message"),
    [
        ("", "its Python does not start"),
        ("exit 1", "it is incomplete"),
        ("echo 3.9", "it holds Python 3.9, not"),
        (f'exec {sys.executable} "$@"', None),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
def test_environment_as_found(tmp_path, monkeypatch, python, message):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(install, "UNFINISHED", tmp_path / "unfinished")
    if python:
        install.PYTHON.write_text(f"#!/bin/sh\n{python}\n")
        install.PYTHON.chmod(0o755)
    found = install.venv_problem()
    assert found.startswith(message) if message else found is None


def test_nothing_to_do_takes_no_pip(tmp_path, monkeypatch):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("-c constraints.txt\nnumpy\n")
    (tmp_path / "constraints.txt").write_text("numpy==1\n")
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setattr(install, "PYTHON", python)
    monkeypatch.setattr(install, "UNFINISHED", tmp_path / "unfinished")
    monkeypatch.setattr(install, "venv_problem", lambda: None)
    stamp = tmp_path / "installed-requirements"
    stamp.write_text(install.fingerprint(wanted))

    def run(command, **_):
        raise SystemExit(f"called {command}")

    monkeypatch.setattr(install.subprocess, "run", run)
    install.install(wanted)
    (tmp_path / "constraints.txt").write_text("numpy==2\n")
    with pytest.raises(SystemExit, match="called"):
        install.install(wanted)


@pytest.mark.parametrize(
    ("log", "message"),
    [
        (
            "WARNING: Retrying after connection broken by 'ProxyError'\n"
            "ERROR: No matching distribution found for numpy",
            "No network, or a package server that does not answer",
        ),
        (
            "ERROR: Could not find a version that satisfies x\n"
            "ERROR: No matching distribution found for x==9",
            "pip could not install r.txt: No matching distribution found",
        ),
        (
            "ERROR: Could not install packages due to an OSError: "
            "[Errno 28] No space left on device",
            "r.txt: Could not install packages due to an OSError: [Errno 28]",
        ),
    ],
)
def test_explanation(tmp_path, log, message):
    explanation = install.explain(log, tmp_path / "r.txt")
    assert message in explanation
    assert "\n" not in explanation


def test_without_the_venv_module(monkeypatch):
    def run(*_, **__):
        return subprocess.CompletedProcess(
            [], 1, "ensurepip is not available\n", ""
        )

    monkeypatch.setattr(install.subprocess, "run", run)
    with pytest.raises(SystemExit, match="python3-venv"):
        install.make_venv()


def pins() -> dict[str, Requirement]:
    """The lines of all requirements files that hold on this machine."""
    files = install.closure(environment.ROOT / "requirements.txt")
    lines = [x for f in files for x in f.read_text("utf-8").splitlines()]
    asked = [Requirement(line) for line in lines if line[:1].isalnum()]
    return {
        canonicalize_name(pin.name): pin
        for pin in asked
        if pin.marker is None or pin.marker.evaluate()
    }


def required(name: str, extras: frozenset, seen: set) -> None:
    """Collect what a package requires, and what that requires in turn."""
    if (name, extras) in seen:
        return
    seen.add((name, extras))
    for line in importlib.metadata.requires(name) or []:
        other = Requirement(line)
        if other.marker is None or any(
            other.marker.evaluate({"extra": extra}) for extra in {"", *extras}
        ):
            known = canonicalize_name(other.name)
            required(known, frozenset(other.extras), seen)


def test_everything_is_pinned_exactly():
    known = pins()
    loose = [
        name
        for name, pin in known.items()
        if [specifier.operator for specifier in pin.specifier] != ["=="]
    ]
    assert not loose, f"not pinned by `==`: {loose}"
    seen = set()
    for name, pin in known.items():
        required(name, frozenset(pin.extras), seen)
    # setuptools, where something asks for it, is the environment's own.
    missing = {name for name, _ in seen} - known.keys() - {"setuptools"}
    assert not missing, (
        f"not in constraints.txt: {sorted(missing)}. Run `make pins`."
    )
