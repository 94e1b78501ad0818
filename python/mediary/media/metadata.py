"""How a file was made, put into it and read from it."""

import json
import os
import tempfile

from . import requests
from .calls import Call
from .errors import MediaWriteError
from .library import tell
from .settings import MetadataSaveConfig

_KINDS = {
    "image": ("png", "jpg", "jpeg", "webp", "avif", "jxl", "gif"),
    "audio": ("wav", "flac", "mp3", "ogg", "opus", "m4a"),
    "video": ("mp4", "mov", "mkv", "webm"),
}


def write_metadata_bundle(path, metadata, config=None, *, logger=None, pictures=None):
    """Puts a dictionary of settings into a file; returns where it went.

    A writer of the configuration's `handlers` comes first, where it has one for the kind of file:
    "image", "audio" or "video", by the `format_hint` or else by the name.
    """
    config = config or MetadataSaveConfig()
    path = requests.path(path)
    kind = config.format_hint or _kind(path)
    options = config.extra_options.get(kind, {})
    handler = config.handlers.get(kind)
    if handler is not None:
        if not handler(path, metadata, options):
            raise MediaWriteError(f"the {kind} handler wrote no metadata into {path}")
        return {"path": path, "where": f"handler:{kind}"}
    request = {
        "do": "write", "path": path, "placement": config.placement, "verify": config.verify,
        "text": metadata if isinstance(metadata, str) else _json(metadata),
    }
    with tempfile.TemporaryDirectory(prefix="mediary-") as folder:
        given = pictures if pictures is not None else options.get("source_images")
        if given:
            request["pictures"] = list(_pictures(given, folder))
        written = Call("mediary_metadata", request).run()
    if written.get("note"):
        tell(logger, "warning", written["note"])
    return written


def read_metadata(path):
    """What a file tells of how it was made: `source`, `place`, `record`, `raw`."""
    return Call("mediary_metadata", {"do": "read", "path": requests.path(path)}).run()


def _kind(path):
    suffix = os.path.splitext(path)[1].lstrip(".").lower()
    return next((kind for kind, suffixes in _KINDS.items() if suffix in suffixes), None)


def _json(metadata):
    try:
        return json.dumps(metadata, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise MediaWriteError(f"the metadata are no JSON: {error}", "metadata.not_json") from error


def _pictures(given, folder):
    """Source pictures by their tags: paths, bytes, pictures of Pillow's, or lists of them."""
    if not isinstance(given, dict):
        yield from given
        return
    for tag, pictures in given.items():
        for picture in pictures if isinstance(pictures, (list, tuple)) else [pictures]:
            if picture is not None:
                yield _picture(tag, picture, folder)


def _picture(tag, picture, folder):
    if isinstance(picture, (str, os.PathLike)):
        path = requests.path(picture)
        return {"tag": tag, "path": path, "filename": os.path.basename(path)}
    is_png = not isinstance(picture, bytes) or picture.startswith(b"\x89PNG")
    name = f"{tag}.png" if is_png else f"{tag}.jpg"
    handle, path = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        if isinstance(picture, bytes):
            file.write(picture)
        else:
            picture.save(file, format="PNG")
    return {"tag": tag, "path": path, "filename": name}
