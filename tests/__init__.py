"""A package, so that `tests` means this folder and no installed one."""
