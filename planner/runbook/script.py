"""A runbook as a PowerShell script: data, and a few lines that show or run one step. Text never becomes code.

Nothing runs by itself: without `-Step` the script lists the steps. Names of networks and organisations stand in
literals, each alone on its line, so that neither quotes nor letters that turn the direction reach beyond it.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from activation.rules.catalogue import Catalogue
from planner.runbook.powershell import plain, quoted
from planner.runbook.steps import Part, Runbook, Step, source_links_of

BOM = "\ufeff"

_HEAD = """\
# Activation runbook. Read a step before you run it: each says on which computer, and what to see.
#   .\\FILE.ps1                          lists the steps
#   .\\FILE.ps1 -Step 1.1                runs a step
#   .\\FILE.ps1 -Step 1.1 -Act Check     shows whether it worked
#   .\\FILE.ps1 -Step 1.1 -Act Undo      takes it back
# Where the computer runs no scripts: powershell.exe -ExecutionPolicy Bypass -File .\\FILE.ps1, for that run alone.
# The script holds no KMS host key and no MAK. It asks for them when a step needs one, and keeps none.
param(
    [string]$Step = '',
    [ValidateSet('Do', 'Check', 'Undo')][string]$Act = 'Do'
)"""

_TAIL = """\
if (-not $Step) {
    $Organisation, $Made
    foreach ($Each in $Steps) { '{0,-6}{1}: {2}' -f $Each.Number, $Each.Place, $Each.Title }
    return
}
$Chosen = $Steps | Where-Object { $_.Number -eq $Step }
if (-not $Chosen) { throw 'There is no such step. Run the script without -Step to list them.' }
'{0} {1}: {2}' -f $Chosen.Number, $Chosen.Place, $Chosen.Title
'On: ' + $Chosen.On
'Why: ' + $Chosen.Why
if ($Act -eq 'Check') { 'To see: ' + $Chosen.Look }
if ($Act -eq 'Undo') { 'Back: ' + $Chosen.Back }
if ((Read-Host -Prompt 'Type yes to run it on this computer') -eq 'yes') { & $Chosen[$Act] }"""


def script(runbook: Runbook, catalogue: Catalogue) -> str:
    """The script with its mark at the start and CRLF, so that Windows PowerShell reads it as UTF-8."""
    blocks = (_HEAD, *_about(runbook), "$Steps = @(", *_steps(runbook, catalogue), ")", _TAIL, "")
    return BOM + "\n".join(blocks).replace("\n", "\r\n")


def _about(runbook: Runbook) -> Iterator[str]:
    yield f"$Organisation = {_literal(runbook.organisation)}"
    yield f"$Made = {_literal(f'Plan of {runbook.as_of}, catalogue {runbook.version}.')}"


def _steps(runbook: Runbook, catalogue: Catalogue) -> Iterator[str]:
    for part in runbook.parts:
        for step in part.steps:
            yield indent("\n".join(_step(part, step, catalogue)), "    ", lambda line: bool(line.strip()))


def _step(part: Part, step: Step, catalogue: Catalogue) -> Iterator[str]:
    yield "@{"
    texts = {"Number": step.number, "Place": part.title, "Title": step.title, "On": step.on, "Why": step.why}
    for name, text in (texts | {"Look": step.look, "Back": step.back}).items():
        yield f"    {name} = {_literal(text)}"
    yield f"    Sources = {_literal(_sources(step, catalogue))}"
    for name, code in {"Do": step.do, "Check": step.check, "Undo": step.undo}.items():
        yield f"    {name} = {{"
        yield indent(code or "'Nothing to run: see the words.'", "        ")
        yield "    }"
    yield "}"


def _sources(step: Step, catalogue: Catalogue) -> str:
    return "; ".join(f"{link.title} {link.address}".strip() for link in source_links_of(step, catalogue))


def _literal(text: str) -> str:
    return quoted(plain(text))
