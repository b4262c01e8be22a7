"""The data of the notebooks: absent, damaged, swapped or whole.

The archives are tiny; their shapes and hashes take the place of MNIST's. The
real archive is read where it is there.
"""

import hashlib
import os
import shutil

import numpy as np
import pytest

from tools import mnist

TINY = {
    name: np.arange(np.prod(shape), dtype=np.uint8).reshape(shape) + i
    for i, (name, shape) in enumerate(
        {
            "x_train": (6, 4, 4),
            "y_train": (6,),
            "x_test": (2, 4, 4),
            "y_test": (2,),
        }.items()
    )
}


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """Let a tiny archive be MNIST, absent as yet, on a machine of its own."""
    expected = {
        name: (array.shape, hashlib.sha256(array.tobytes()).hexdigest())
        for name, array in TINY.items()
    }
    place = tmp_path / "keras" / "datasets" / "mnist.npz"
    monkeypatch.setattr(mnist, "ARRAYS", expected)
    monkeypatch.setattr(mnist, "path", lambda: place)
    monkeypatch.setattr(mnist.Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(mnist, "download", no_network)
    place.parent.mkdir(parents=True)
    return place


def no_network(target):
    target.write_bytes(b"the first half")
    raise OSError("Network is unreachable")


def save(path, **changes):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **(TINY | changes))


def test_whole(archive):
    save(archive)
    assert mnist.fetch() is None


def test_absent_without_network(archive):
    assert "with a network, or copy" in mnist.problem()
    message = mnist.fetch()
    assert "Network is unreachable" in message
    assert str(archive) in message
    assert "\n" not in message
    assert list(archive.parent.iterdir()) == []


def test_downloaded(archive, monkeypatch):
    monkeypatch.setattr(mnist, "download", save)
    assert mnist.fetch() is None
    assert archive.exists()


def test_download_of_something_else(archive, monkeypatch):
    page = b"<html>Please log in to this network</html>"
    monkeypatch.setattr(mnist, "download", lambda p: p.write_bytes(page))
    assert "is not MNIST" in mnist.fetch()
    assert list(archive.parent.iterdir()) == []


def test_copied_from_the_home_of_keras(archive, tmp_path):
    save(tmp_path / "home" / ".keras" / "datasets" / "mnist.npz")
    assert mnist.fetch() is None


def test_damaged_home_of_keras_is_passed_over(archive, tmp_path):
    own = tmp_path / "home" / ".keras" / "datasets" / "mnist.npz"
    save(own, y_test=np.zeros(2, np.uint8))
    assert "Network is unreachable" in mnist.fetch()
    assert own.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"y_test": 1 - TINY["y_test"]}, "the values of y_test"),
        ({"x_test": TINY["x_train"]}, "x_test is (6, 4, 4) uint8"),
        ({"x_train": TINY["x_train"] / 255}, "x_train is (6, 4, 4) float64"),
    ],
)
def test_swapped(archive, changes, message):
    save(archive, **changes)
    found = mnist.fetch()
    assert found.startswith(f"{archive} is damaged or not MNIST: {message}")
    assert archive.exists(), "the file of the reader was removed"


def test_array_left_out(archive):
    with archive.open("wb") as file:
        np.savez(file, x_train=TINY["x_train"])
    assert "it has no array y_train" in mnist.problem()


@pytest.mark.parametrize("size", [0, 5, 200, -30])
def test_truncated(archive, size):
    save(archive)
    archive.write_bytes(archive.read_bytes()[:size])
    message = mnist.problem()
    assert "it cannot be read" in message
    assert "Remove the file" in message
    assert "\n" not in message


def test_verdict_does_not_outlive_the_file(archive):
    save(archive)
    assert mnist.problem() is None
    save(archive, y_test=TINY["y_test"] + 1)
    status = archive.stat()
    os.utime(archive, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert "the values of y_test" in mnist.problem()


def test_the_real_archive(tmp_path):
    real = mnist.path()
    if not real.exists():
        pytest.skip(mnist.problem())
    copy = tmp_path / "mnist.npz"
    shutil.copyfile(real, copy)
    assert mnist.damage(copy) is None
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    assert "it cannot be read" in mnist.damage(copy)
