"""Kernel and build out of the forms in which inventories write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from activation.identify.data import kernels

_KERNEL = re.compile(r"(?<![\d.])(\d{1,2}\.\d)(?!\d)")
_BUILD = re.compile(r"(?<!\d)(\d{4,5})(?!\d)")
FIRST_BUILD = 6000  #: of Windows Vista: smaller numbers are years and feature versions


@dataclass(frozen=True, slots=True)
class Version:
    """`kernel` is `6.1` or empty, `build` 7601 or 0."""

    kernel: str = ""
    build: int = 0

    def __str__(self) -> str:
        return f"{self.kernel} ({self.build})" if self.kernel and self.build else self.kernel or str(self.build or "")


def version_of(text: str) -> Version:
    """`10.0.17763`, `10.0 (17763)`, `17763` or `6.1.7601 Service Pack 1`; what it does not say stays empty."""
    kernel = _KERNEL.search(text)
    build = next((int(b) for b in _BUILD.findall(text) if int(b) >= FIRST_BUILD), 0)
    return Version(kernel.group(1) if kernel else kernels().get(build, ""), build)
