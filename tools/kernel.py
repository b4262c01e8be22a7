"""Kernels that cannot take one another's ports.

Jupyter finds free TCP ports and binds them a second later, in the kernel.
With kernels started in parallel, another process sometimes holds one by
then, and the kernel dies: a notebook fails for no fault of its own. Sockets
that are files, with a name of their own, cannot collide.
"""

import os
import tempfile
import uuid
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager, KernelManager


def manager(**traits) -> KernelManager:
    """A kernel manager; where there are socket files, it uses them."""
    return KernelManager(**traits, **sockets())


def async_manager(**traits) -> AsyncKernelManager:
    """The same for nbclient, which awaits its kernels."""
    return AsyncKernelManager(**traits, **sockets())


def sockets() -> dict[str, str]:
    """Where the sockets of a kernel are, if they can be files."""
    if os.name != "posix":
        return {}
    name = f"kernel-{uuid.uuid4().hex[:12]}"
    return {
        "transport": "ipc",
        "ip": str(Path(tempfile.gettempdir(), name)),
    }
