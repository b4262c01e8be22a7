"""The MNIST archive: where it lies, whether it is whole, how it gets there.

    python -m tools.mnist

fetches it where the notebooks look for it and checks its four arrays. Keras
accepts a truncated file and downloads with a progress bar, which would end
up in an output; so this runs before the notebooks do.
"""

import hashlib
import http.client
import shutil
import sys
import urllib.request
import zipfile
import zlib
from pathlib import Path

import numpy as np

from tools import environment, notebook

# The address that keras.datasets.mnist and the notebooks name.
ORIGIN = (
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
)
# Shape and SHA-256 of the bytes of each array. The archive itself has no one
# hash: the same arrays may be compressed in several ways.
ARRAYS = {
    "x_train": (
        (60000, 28, 28),
        "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
    ),
    "y_train": (
        (60000,),
        "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
    ),
    "x_test": (
        (10000, 28, 28),
        "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
    ),
    "y_test": (
        (10000,),
        "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
    ),
}
# What reading a damaged archive may raise.
UNREADABLE = (OSError, EOFError, ValueError, zipfile.BadZipFile, zlib.error)
SECONDS_TO_ANSWER = 30


def path() -> Path:
    """Where the notebooks' `keras.utils.get_file` finds the archive."""
    home = Path(environment.variables()["KERAS_HOME"])
    return home / "datasets" / "mnist.npz"


def needed() -> bool:
    """Whether a notebook says in its metadata that it needs MNIST."""
    return any(
        "mnist" in notebook.read(p).metadata.get("course", {}).get("needs", [])
        for p in notebook.find()
    )


def damage(archive: Path) -> str | None:
    """Say which array of an archive is not MNIST's, or nothing."""
    try:
        with np.load(archive) as arrays:
            for name, (shape, sha256) in ARRAYS.items():
                if name not in arrays:
                    return f"it has no array {name}"
                array = arrays[name]
                if (array.shape, array.dtype) != (shape, np.uint8):
                    return (
                        f"{name} is {array.shape} {array.dtype} "
                        f"instead of {shape} uint8"
                    )
                if hashlib.sha256(array.tobytes()).hexdigest() != sha256:
                    return f"the values of {name} are not those of MNIST"
    except UNREADABLE as error:
        return f"it cannot be read ({error})"
    return None


def problem() -> str | None:
    """Say in one line why MNIST cannot be used, or nothing.

    A positive verdict is kept beside the archive for as long as size and
    time of the archive stay as they are.
    """
    archive = path()
    if not archive.exists():
        return (
            f"MNIST is not there: run `python -m tools.mnist` with a network, "
            f"or copy Keras's mnist.npz to {archive}."
        )
    status = archive.stat()
    verdict = archive.with_suffix(".verified")
    seen = f"{status.st_size} {status.st_mtime_ns}"
    if verdict.exists() and verdict.read_text() == seen:
        return None
    found = damage(archive)
    if found:
        return (
            f"{archive} is damaged or not MNIST: {found}. "
            "Remove the file and run `python -m tools.mnist`."
        )
    verdict.write_text(seen)
    return None


def download(target: Path) -> None:
    """Fetch the archive from Keras's storage into a file."""
    with (
        urllib.request.urlopen(ORIGIN, timeout=SECONDS_TO_ANSWER) as answer,
        target.open("wb") as file,
    ):
        shutil.copyfileobj(answer, file)


def fetch() -> str | None:
    """Put the archive in its place if it is absent; then as `problem`."""
    archive = path()
    if archive.exists():
        return problem()
    archive.parent.mkdir(parents=True, exist_ok=True)
    draft = archive.with_suffix(".part")
    own = Path.home() / ".keras" / "datasets" / archive.name
    try:
        if own.exists() and not damage(own):
            shutil.copyfile(own, draft)
        else:
            download(draft)
            found = damage(draft)
            if found:
                return (
                    f"MNIST could not be fetched: what {ORIGIN} sent is not "
                    f"MNIST, {found}. Copy Keras's mnist.npz to {archive}."
                )
        draft.replace(archive)
    except (OSError, http.client.HTTPException) as error:
        return (
            f"MNIST could not be fetched ({error}): run `python -m "
            "tools.mnist` with a network, or copy Keras's mnist.npz to "
            f"{archive}."
        )
    finally:
        draft.unlink(missing_ok=True)
    return problem()


def main() -> int:
    found = fetch()
    print(found or f"MNIST is whole: {path()}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
