"""Estates that the tests of the command write to files."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTOSO = {
    "format": "estate/1",
    "organisation": "Contoso Büro",
    "as_of": "2026-11-24",
    "licences": [
        {"product": "windows-server-2008-r2-datacenter", "quantity": 4},
        {"product": "Windows Server 2008 R2 Standard", "quantity": 10},
    ],
}
WRONG = {"format": "estate/1", "computers": [{"product": "windows-2000-professional", "count": 0}]}
CSV = "network,product,count\nHead office,windows-7-enterprise,30\n"
INSTALL = "Install the Windows Server 2008 R2 KMS C key on 1 host in Main; it activates all 14"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
