"""Files that wait to be confirmed: kept on the server for a day, for the person who sent them only."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from uuid import UUID

from activation.exchange.uploaded import Uploaded
from activation.models import PendingImport
from activation.recording import User
from activation.rows import KINDS, canonical, complete


class GoneError(LookupError):
    """The file was imported or dropped already, has waited too long, or is somebody else's."""


def keep(uploaded: Uploaded, user: User) -> PendingImport:
    """Keep a file until it is confirmed."""
    content = {
        "version": uploaded.version,
        "state": uploaded.state,
        "notes": uploaded.notes,
        "rows": uploaded.rows,
    }
    packed = zlib.compress(canonical(content).encode())
    kept = PendingImport.objects.create(user_id=_id(user), file_name=uploaded.name, content=packed)
    PendingImport.objects.drop_old(_id(user))
    return kept


def waiting(user: User) -> list[PendingImport]:
    """The files of a person that wait, the latest first."""
    return list(PendingImport.objects.waiting().filter(user_id=_id(user)).defer("content"))


def find(token: UUID, user: User) -> Uploaded:
    """A file that waits. Raises GoneError."""
    kept = PendingImport.objects.waiting().filter(user_id=_id(user), token=token).first()
    if kept is None:
        raise GoneError
    content = json.loads(zlib.decompress(kept.content))
    rows = {kind: {name: complete(kind, row) for name, row in content["rows"].get(kind, {}).items()} for kind in KINDS}
    read = Uploaded(kept.file_name, content["version"], content["state"], rows)
    return replace(read, notes=tuple(content["notes"]))


def drop(token: UUID, user: User) -> None:
    """Forget a file. Raises GoneError, so that of two confirmations at once only one goes on."""
    if not PendingImport.objects.waiting().filter(user_id=_id(user), token=token).delete()[0]:
        raise GoneError


def _id(user: User) -> int:
    """The key of a person. Raises GoneError for nobody: nobody's files are not kept."""
    if user is None or user.pk is None:
        raise GoneError
    return int(user.pk)
