"""The shared library: found, loaded once, called with JSON."""

import ctypes
import json
import os
from functools import lru_cache
from pathlib import Path

from .errors import MediaWriteError

NAME = "libMediaryC.so"
NEXT = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int32)
SAY = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_char_p)


def candidates():
    here = Path(__file__).resolve().parent
    if os.environ.get("MEDIARY_LIBRARY"):
        yield Path(os.environ["MEDIARY_LIBRARY"])
    yield here / NAME
    # The source tree, after any call of its ./mediary.
    yield here.parents[2] / ".build" / "release" / NAME


@lru_cache(maxsize=1)
def library():
    for path in candidates():
        if path.exists():
            loaded = ctypes.CDLL(str(path))
            break
    else:
        raise ImportError(
            f"{NAME} is not there; call ./mediary once in the source tree, or name it by MEDIARY_LIBRARY")
    for name, arguments in {
        "mediary_write_video": [ctypes.c_char_p, NEXT, ctypes.c_void_p, SAY],
        "mediary_write_image": [ctypes.c_char_p, SAY],
        "mediary_write_audio": [ctypes.c_char_p, SAY],
        "mediary_metadata": [ctypes.c_char_p],
    }.items():
        function = getattr(loaded, name)
        function.argtypes = arguments
        # Not c_char_p, which would lose the address to give back.
        function.restype = ctypes.c_void_p
    loaded.mediary_free.argtypes = [ctypes.c_void_p]
    return loaded


def answer_of(name, request, *arguments):
    """Calls one function; the interpreter goes on with other threads meanwhile."""
    loaded = library()
    answer = getattr(loaded, name)(json.dumps(request, allow_nan=False).encode(), *arguments)
    if not answer:
        raise MemoryError("no memory for an answer of Mediary's")
    try:
        result = json.loads(ctypes.string_at(answer))
    finally:
        loaded.mediary_free(answer)
    if "error" in result:
        error = result["error"]
        raise MediaWriteError(error["message"], error["code"], error.get("hint"))
    return result["ok"]


def tell(logger, level, text):
    """Tells a logger, or a function of one text; a logger that fails fails nothing else."""
    try:
        if hasattr(logger, "log"):
            getattr(logger, level)(text)
        elif logger is not None:
            logger(text)
    except Exception:  # noqa: BLE001
        pass


def say_to(logger):
    """A function for the library's log lines."""

    def say(level, message):
        tell(logger, "error" if level == b"error" else "warning", message.decode("utf-8", "replace"))

    return SAY(say)
