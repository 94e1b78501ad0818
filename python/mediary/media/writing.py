"""The functions to write by."""

import ctypes
import json
import os

from . import arrays
from .errors import MediaWriteError
from .library import NEXT, call, say_to


def _settings(config, *names):
    settings = {name: getattr(config, name) for name in names}
    return {name: value for name, value in settings.items() if value is not None}


def _text(path):
    return None if path is None else os.fspath(path)


def _film_layout(shape):
    """A tensor's four axes are C, T, H, W where that can be, as its makers have it."""
    if len(shape) == 4 and shape[0] in (1, 3, 4):
        return "CTHW"
    return None


class _Frames:
    """Hands frames of any iterable to the library, one by one."""

    def __init__(self, frames):
        self.frames = iter(frames)
        self.keep = None
        self.error = None

    def next(self, _context, buffer, room):
        try:
            frame = next(self.frames, None)
            if frame is None:
                return 0
            description, self.keep = arrays.describe(frame)
            text = json.dumps(description).encode()
            if len(text) > room:
                raise MediaWriteError("a frame has too many axes", "output.bad_shape")
            ctypes.memmove(buffer, text, len(text))
            return len(text)
        except BaseException as error:  # told again where the call was made
            self.error = error
            return -1


def write_video_frames(frames, config, *, logger=None, output_path=None, layout=None):
    """Writes frames as a film and returns its path.

    `frames` is an array or tensor of all frames, a list of them, or anything that gives frames one by
    one, which are then never held together.
    """
    request = {
        "path": _text(output_path), "layout": layout,
        "settings": _settings(
            config, "fps", "codec_type", "container", "nrow", "normalize", "value_range", "retry",
            "extra_params", "temp_dir"),
    }
    if arrays.is_array(frames):
        request["frames"], keep = arrays.describe(frames)
        if layout is None and hasattr(frames, "detach"):
            request["layout"] = _film_layout(request["frames"]["shape"])
        written = call("mediary_write_video", request, NEXT(), None, say_to(logger))
        del keep
        return written["path"]
    maker = _Frames(_chunks(frames))
    try:
        return call("mediary_write_video", request, NEXT(maker.next), None, say_to(logger))["path"]
    except MediaWriteError as error:
        if maker.error is not None:
            raise maker.error from error
        raise


def _chunks(frames):
    """Frames out of frames, or of chunks of frames with four axes."""
    for item in frames:
        shape = getattr(item, "shape", ())
        if len(shape) != 4:
            yield item
        elif shape[-1] in (1, 3, 4):
            yield from item
        else:
            for index in range(shape[1]):
                yield item[:, index]


def write_image_tensor(tensor, config, *, logger=None, output_path=None, layout=None):
    """Writes a picture, or a batch as a grid, and returns its path."""
    if not arrays.is_array(tensor):
        raise TypeError(f"a picture is an array or a tensor, not {type(tensor).__name__}")
    description, keep = arrays.describe(tensor)
    shape = description["shape"]
    if layout is None and hasattr(tensor, "detach"):
        layout = {3: "CHW", 4: "BCHW"}.get(len(shape)) if shape[-3:-2] and shape[-3] in (1, 3, 4) else None
    request = {
        "picture": description, "path": _text(output_path), "layout": layout,
        "settings": _settings(
            config, "nrow", "normalize", "value_range", "quality", "retry", "temp_dir"),
    }
    written = call("mediary_write_image", request, say_to(logger))
    del keep
    return written["path"]


def write_mask(mask, config, *, logger=None, output_path=None):
    """Writes a mask as a gray PNG and returns its path."""
    description, keep = arrays.describe(mask)
    request = {
        "picture": description, "path": _text(output_path), "gray": True,
        "settings": {"quality": "png", "normalize": False, "retry": config.retry},
    }
    written = call("mediary_write_image", request, say_to(logger))
    del keep
    return written["path"]


def write_audio(samples, config, *, logger=None, output_path=None, codec="wav"):
    """Writes samples as sound and returns its path."""
    if config.sample_rate is None:
        raise ValueError("sound needs a sample rate")
    description, keep = arrays.describe(samples)
    request = {
        "samples": description, "path": _text(output_path),
        "settings": {"codec": codec, "sample_rate": config.sample_rate, "retry": config.retry},
    }
    written = call("mediary_write_audio", request, say_to(logger))
    del keep
    return written["path"]


def write_metadata_bundle(path, metadata, config=None, *, logger=None, pictures=None):
    """Puts a dictionary of settings into a file; returns where it went."""
    request = {
        "do": "write", "path": _text(path), "placement": getattr(config, "placement", "embedded"),
        "verify": getattr(config, "verify", True),
        "text": metadata if isinstance(metadata, str) else json.dumps(metadata, ensure_ascii=False),
    }
    if pictures is not None:
        request["pictures"] = pictures
    written = call("mediary_metadata", request)
    if logger is not None and written.get("note"):
        (logger if callable(logger) and not hasattr(logger, "log") else logger.warning)(written["note"])
    return written


def read_metadata(path):
    """What a file tells of how it was made: `source`, `place`, `record`, `raw`."""
    return call("mediary_metadata", {"do": "read", "path": _text(path)})
