"""Calls that a key press ends, with their frames made on the thread that called."""

import _thread
import ctypes
import json
from queue import Empty, SimpleQueue

from . import arrays
from .errors import MediaWriteError
from .library import NEXT, answer_of, library

_WISH, _DONE = object(), object()
_END = object()


class Call:
    """One call of the library, on a thread of its own.

    Python tells its main thread of a key press only between two of its own steps, and the library
    makes none. So the library works elsewhere while the caller's thread waits, and makes the frames
    that it is asked for: a generator runs where it was called, with all that belongs to that thread,
    such as torch's `no_grad`.
    """

    def __init__(self, name, request, *arguments, frames=None, keep=None):
        self.name, self.request, self.arguments = name, request, arguments
        self.frames = None if frames is None else iter(frames)
        # Lent memory lives as long as the library may look at it, whatever becomes of the caller.
        self.keep, self.frame = keep, None
        self.talk, self.replies = SimpleQueue(), SimpleQueue()
        self.begun, self.result, self.error = [], [], None
        self.ticket = f"{id(self)}"

    def run(self):
        """What the library answered; raises what was raised meanwhile, once the library let go."""
        library()
        while not self.result and (self.begun or self.error is None):
            try:
                self._converse()
            except BaseException as error:
                self.error = self.error or error
        answer, failure = self.result[0] if self.result else (None, None)
        error = self.error or failure
        # An error knows where it was raised, and so this call: large arrays would live in a circle.
        self.error = self.keep = self.frame = self.frames = self.result = None
        try:
            if error is not None:
                raise error
            return answer
        finally:
            del error, failure

    def _converse(self):
        if not self.begun:
            # In one step of Python's: a key pressed meanwhile is seen before or after, and `begun`
            # tells which. A Thread's `start` waits, and a key pressed then leaves it running.
            self.begun.extend(map(_thread.start_new_thread, [self._work], [()]))
        while not self.result:
            if self.error is not None:
                self._stop()
            try:
                # Not for ever: a key pressed just before the wait would only be seen after it. And
                # the library is told to stop until it has, should it not have begun the first time.
                said = self.talk.get(timeout=0.1)
            except Empty:
                continue
            if said is _WISH and self.error is None:
                self.replies.put(self._next_frame())

    def _next_frame(self):
        frame = next(self.frames, _END)
        if frame is _END:
            return b""
        description, self.frame = arrays.describe(frame)
        return json.dumps(description).encode()

    def _stop(self):
        # Whoever waits for a frame, or is about to.
        self.replies.put(None)
        stop = getattr(library(), "mediary_stop", None)
        if stop is not None:
            stop(self.ticket.encode())

    def _work(self):
        try:
            request = dict(self.request, ticket=self.ticket)
            arguments = list(self.arguments)
            if self.frames is not None or self.name == "mediary_write_video":
                arguments = [NEXT(self._asked) if self.frames is not None else NEXT(), None, *arguments]
            self.result.append((answer_of(self.name, request, *arguments), None))
        except BaseException as error:
            self.result.append((None, error))
        finally:
            self.talk.put(_DONE)

    def _asked(self, _context, buffer, room):
        if self.error is not None:
            return -1
        self.talk.put(_WISH)
        text = self.replies.get()
        if text is None or self.error is not None:
            return -1
        if len(text) > room:
            self.error = MediaWriteError("a frame has too many axes", "output.bad_shape")
            return -1
        ctypes.memmove(buffer, text, len(text))
        return len(text)
