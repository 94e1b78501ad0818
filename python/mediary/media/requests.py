"""What is asked of the library: settings and paths, checked before they are told."""

import json
import math
import numbers
import operator
import os

from .errors import MediaWriteError


def _refused(name, value, why):
    return MediaWriteError(f"{name} cannot be {value!r}: {why}", "usage.bad_value")


def _text(name, value):
    if not isinstance(value, str):
        raise _refused(name, value, "it is a name")
    return value


def whole(name, value):
    """A whole number, numpy's too."""
    try:
        return operator.index(value)
    except TypeError:
        raise _refused(name, value, "it is a whole number") from None


def _real(name, value):
    # numpy's numbers are real ones, texts are not.
    if not isinstance(value, numbers.Real) and not hasattr(value, "dtype"):
        raise _refused(name, value, "it is a number")
    value = float(value)
    if not math.isfinite(value):
        raise _refused(name, value, "it is no number to count by")
    return value


def _rate(name, value):
    value = _real(name, value)
    if value < 0.001:
        raise _refused(name, value, "a frame is shown for 1,000 seconds at most")
    return value


def _switch(_name, value):
    return bool(value)


def _range(name, value):
    low, high = value
    return [_real(name, low), _real(name, high)]


def _options(name, value):
    if not all(isinstance(key, str) for key in value):
        raise _refused(name, value, "the encoder's options have names")
    # numpy's numbers are no JSON.
    return {key: getattr(item, "item", lambda item=item: item)() for key, item in value.items()}


_READERS = {
    "fps": _rate, "codec_type": _text, "container": _text, "quality": _text, "codec": _text, "audio_codec": _text,
    "nrow": whole, "retry": whole, "sample_rate": whole, "normalize": _switch,
    "value_range": _range, "extra_params": _options,
}


def settings(config, *names):
    """The settings of some names that are set, each of its own kind."""
    found = {}
    for name in names:
        value = getattr(config, name)
        if value is not None:
            found[name] = _READERS[name](name, value)
    if getattr(config, "temp_dir", None) is not None:
        found["temp_dir"] = path(config.temp_dir)
    if "extra_params" not in names and getattr(config, "extra_params", None):
        raise _refused("extra_params", config.extra_params, "only a film's encoder takes options")
    return found


def told(metadata):
    """How a file was made, for the request; a dictionary, or JSON as it is."""
    if metadata is None:
        return None
    text = metadata if isinstance(metadata, str) else json.dumps(metadata, ensure_ascii=False)
    return {"text": text}


def path(given):
    """A path as text; None where the library chooses one."""
    if given is None:
        return None
    text = os.fsdecode(given)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise MediaWriteError(f"the path {text!r} is no UTF-8", "file.name_unsafe") from None
    if text.endswith("/"):
        raise MediaWriteError(f"{text} names no file to write", "output.unfitting")
    return text
