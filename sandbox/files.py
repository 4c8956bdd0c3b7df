"""Files: promised, uploaded, completed, shared."""

from __future__ import annotations

import mimetypes

from sandbox.model import Json, Stored
from sandbox.state import State

_TEXT_TYPES = {"csv", "txt", "json", "md", "log", "py", "sql", "toml", "yaml", "xml"}


def extension(name: str) -> str:
    """The file type by its name, in lower case without the dot; "binary" when there is none."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else "binary"


def private_url(state: State, file: Stored) -> str:
    """Where the bytes are, for bearers of a token with `files:read`."""
    return f"{state.base_url}/files-pri/{state.team_id}-{file.id}/{file.name}"


def to_json(state: State, file: Stored) -> Json:
    """The `file` object."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    kind = extension(file.name)
    mimetype = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": mimetype if file.processed else "",
        "filetype": kind if file.processed else "",
        "pretty_type": kind.upper(),
        "user": file.user,
        "user_team": state.team_id,
        "editable": False,
        "size": len(file.content),
        "mode": "snippet" if kind in _TEXT_TYPES else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(state.channels[c].kind == "public" for c in file.channels if c in state.channels),
        "url_private": private_url(state, file),
        "url_private_download": private_url(state, file).replace("/files-pri/", "/files-pri/download/"),
        "permalink": f"{state.base_url}/files/{file.user}/{file.id}/{file.name}",
        "comments_count": 0,
        "has_rich_preview": False,
        "file_access": "visible",
    }
    if file.alt_text:
        shown["alt_txt"] = file.alt_text
    if file.processed and mimetype.startswith("image/"):
        shown["thumb_360"] = private_url(state, file)
    shown["channels"] = [c for c in file.channels if state.channels[c].kind == "public"]
    shown["groups"] = [c for c in file.channels if state.channels[c].kind in ("private", "mpim")]
    shown["ims"] = [c for c in file.channels if state.channels[c].kind == "im"]
    return shown


def promise(state: State, name: str, length: int, user: str, app_id: str, alt_text: str = "") -> Stored:
    """A file that is announced and not yet there."""
    file_id = state.ids.make("F")
    file = Stored(
        file_id, name, name, user, app_id, length, int(state.now()), f"/upload/v1/{state.ids.secret(32)}"
    )
    file.alt_text = alt_text
    state.files[file_id] = file
    return file


def receive(state: State, path: str, content: bytes) -> Stored | None:
    """Take the bytes posted to an upload URL; None when the URL is unknown or already used."""
    for file in state.files.values():
        if file.upload_path == path and not file.uploaded:
            file.content, file.uploaded = content, True
            return file
    return None


def put(state: State, name: str, content: bytes, user: str) -> Stored:
    """A file a person brings along, complete at once."""
    file = promise(state, name, len(content), user, "")
    file.content, file.uploaded, file.completed, file.processed = content, True, True, True
    return file
