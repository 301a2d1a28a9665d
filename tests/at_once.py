"""Processes that begin at the same moment: each says "ready", and goes on when its standard input is closed."""

from __future__ import annotations

import subprocess
import sys

import run

LONGEST = 300  #: seconds that one of them may take


def at_once(variables: dict[str, str], *modules: tuple[str, ...]) -> list[tuple[str, str]]:
    """What a process of each module, with its arguments, says on both streams once all were ready and let go."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    processes = [
        subprocess.Popen([sys.executable, "-m", *module], cwd=run.ROOT, env=variables, text=True, **pipes)
        for module in modules
    ]
    assert [process.stdout.readline() for process in processes] == ["ready\n"] * len(processes)
    for process in processes:
        process.stdin.close()
    for process in processes:
        process.stdin = None  # closed already: communicate would flush it
    return [process.communicate(timeout=LONGEST) for process in processes]
