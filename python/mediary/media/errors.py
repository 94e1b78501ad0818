"""What goes wrong."""


class MediaWriteError(RuntimeError):
    """Something could not be written; nothing was left behind.

    `code` is Mediary's stable name of what happened, `hint` what to do about it, if anything.
    """

    def __init__(self, message, code="unexpected", hint=None):
        super().__init__(f"{message} ({hint})" if hint else message)
        self.code = code
        self.hint = hint

    def __reduce__(self):
        # So that it survives the way back from a worker process.
        return _restored, (self.args[0], self.code, self.hint)


def _restored(text, code, hint):
    error = MediaWriteError(text, code)
    error.hint = hint
    return error
