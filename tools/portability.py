"""Verify the notebooks as other machines would compute (`make portability`).

    python -m tools.portability [profile …] [notebook or folder …]

Each profile makes the libraries compute as on an older processor, or with a
second thread; first a child process shows that they do. What then differs
from a stored output is a failure of pytest, and its text says by how much.
"""

import json
import os
import platform
import subprocess
import sys
import time

from tools import environment, test


def numpy_features() -> list[str]:
    """What NumPy uses of this processor beyond what it always needs."""
    from numpy._core import _multiarray_umath as core

    return [f for f in core.__cpu_dispatch__ if core.__cpu_features__[f]]


def profiles() -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Of each profile: variables, and what the probe must then report."""
    features = numpy_features()
    return {
        "old": (
            {
                "ATEN_CPU_CAPABILITY": "default",
                "ONEDNN_MAX_CPU_ISA": "SSE41",
                "NPY_DISABLE_CPU_FEATURES": " ".join(features),
                "OPENBLAS_CORETYPE": "Nehalem",
                "XLA_FLAGS": "--xla_cpu_max_isa=SSE4_2",
            },
            {
                "PyTorch": "DEFAULT",
                "oneDNN": "Intel SSE4.1",
                "NumPy": "baseline",
                "OpenBLAS": "Nehalem",
                "XLA": "two roundings",
                "threads": "1",
            },
        ),
        "avx2": (
            {
                "ATEN_CPU_CAPABILITY": "avx2",
                "ONEDNN_MAX_CPU_ISA": "AVX2",
                "NPY_DISABLE_CPU_FEATURES": " ".join(
                    f for f in features if f != "X86_V3"
                ),
                "OPENBLAS_CORETYPE": "Haswell",
                "XLA_FLAGS": "--xla_cpu_max_isa=AVX2",
            },
            {
                "PyTorch": "AVX2",
                "oneDNN": "Intel AVX2",
                "NumPy": "X86_V3",
                "OpenBLAS": "Haswell",
                "XLA": "one rounding",
                "threads": "1",
            },
        ),
        "threads": (
            # On a busy machine, threads that wait by spinning take ten times
            # as long; how they wait changes no sum.
            {"NONLINEAR_THREADS": "2", "OMP_WAIT_POLICY": "PASSIVE"},
            {"threads": "2"},
        ),
    }


def probe() -> None:
    """Print as JSON how the libraries compute in this process."""
    environment.apply()
    os.environ["ONEDNN_VERBOSE"] = "all"
    import numpy as np
    import tensorflow as tf
    import threadpoolctl
    import torch

    # oneDNN says on stdout, at its first use, what it takes the machine for.
    torch.nn.Conv2d(3, 16, 3)(torch.ones(8, 3, 64, 64))
    blas = [
        library["architecture"]
        for library in threadpoolctl.threadpool_info()
        if "numpy.libs" in library["filepath"]
    ]

    # (1 + e)² - (1 + 2e) is e² if it is rounded once, 0 if twice, as on
    # processors without a fused multiply-add.
    @tf.function(jit_compile=True)
    def residue(a, c):
        return a * a + c

    e = np.float32(2**-12)
    once = residue(tf.fill([64], 1 + e), tf.fill([64], -1 - 2 * e))[0] != 0
    found = {
        "PyTorch": torch.backends.cpu.get_cpu_capability(),
        "NumPy": " ".join(numpy_features()) or "baseline",
        "OpenBLAS": " ".join(blas),
        "XLA": "one rounding" if once else "two roundings",
        "threads": str(torch.get_num_threads()),
    }
    print(json.dumps(found))


def computing(variables: dict[str, str]) -> dict[str, str]:
    """How the libraries compute under the variables, by a child process."""
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tools import portability as p; p.probe()",
        ],
        cwd=environment.ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
    )
    if child.returncode:
        raise SystemExit(f"The probe failed:\n{child.stderr}")
    *log, last = child.stdout.splitlines()
    isa = [line.split("isa:")[1] for line in log if ",isa:" in line]
    return json.loads(last) | {"oneDNN": " ".join(isa)}


def verify(stage: test.Stage, paths: list[str]) -> None:
    """Run the notebooks under one profile, if it is in force."""
    variables, expected = profiles()[stage.name]
    found = computing(variables)
    in_force = ", ".join(f"{k} {v}" for k, v in found.items())
    print(f"in force: {in_force}", flush=True)
    for name, value in expected.items():
        what = f"the profile asks {name} for {value}, it has {found[name]}"
        stage.add(what, found[name] == value)
    workers = max(1, test.WORKERS // int(found["threads"]))
    test.pytest(stage, *paths, workers=workers, **variables)


def main(arguments: list[str]) -> int:
    environment.require(*environment.FRAMEWORKS, "threadpoolctl", "xdist")
    names = [name for name in profiles() if name in arguments]
    names = names or list(profiles())
    paths = [a for a in arguments if a not in names]
    if platform.machine() not in ("x86_64", "AMD64"):
        print("The profiles old and avx2 are of x86-64 processors: left out.")
        names = ["threads"]
    begin = time.monotonic()
    stages = []
    for name in names:
        print(f"\n=== {name}", flush=True)
        stage = test.Stage(name)
        start = time.monotonic()
        verify(stage, paths or list(environment.BOOKS))
        stage.seconds = time.monotonic() - start
        stages.append(stage)
    print(test.summary(stages, time.monotonic() - begin))
    return 1 if any(stage.failed for stage in stages) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
