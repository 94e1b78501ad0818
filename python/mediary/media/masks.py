"""Masks of many frames as one archive of pictures."""

import errno
import os
import tempfile
import zipfile

from . import requests
from .errors import MediaWriteError
from .library import tell
from .settings import ImageSaveConfig, MaskSaveConfig
from .writing import write_image_tensor, write_mask

_PASSING = {errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.ETIMEDOUT, errno.ESTALE}
_CODES = {
    errno.ENOENT: "file.not_found", errno.ENOTDIR: "file.not_folder", errno.EISDIR: "file.is_folder",
    errno.EACCES: "file.denied", errno.EPERM: "file.denied", errno.EROFS: "file.read_only",
    errno.ENOSPC: "file.disk_full", errno.EDQUOT: "file.disk_full",
    errno.ENAMETOOLONG: "file.name_too_long",
}


def write_mask_archive(frames, config=None, *, logger=None, output_path):
    """Writes frames (gray, RGB or RGBA) as PNG pictures in one ZIP file, and returns its path.

    The archive gets its name when it is whole. The frames are taken one by one and once: what may
    pass the second time is tried again for each picture and for the name.
    """
    config = config or MaskSaveConfig()
    retry = requests.settings(config, "retry").get("retry", 3)
    path = requests.path(output_path)
    if not os.path.splitext(path)[1]:
        path += ".zip"
    folder, name = os.path.split(path)
    staged = None
    try:
        if os.path.isdir(path):
            raise IsADirectoryError(errno.EISDIR, "a folder of that name is there")
        handle, staged = tempfile.mkstemp(dir=folder or ".", prefix=f".temp-{name[:200]}.")
        with os.fdopen(handle, "wb") as file:
            _fill(file, frames, config, logger)
            file.flush()
            os.fsync(file.fileno())
        # A temporary file is its owner's alone; a finished one is what the umask says.
        os.chmod(staged, 0o666 & ~_umask())
        _repeat(retry, path, logger, lambda: os.replace(staged, path))
        staged = None
    except OSError as error:
        raise MediaWriteError(
            f"cannot write {path}: {error.strerror or error}",
            _CODES.get(error.errno, "file.io")) from error
    finally:
        if staged is not None:
            os.unlink(staged)
    return path


def _fill(file, frames, config, logger):
    count = 0
    with tempfile.TemporaryDirectory(prefix="mediary-") as folder, \
            zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for frame in frames:
            picture = _picture(frame, os.path.join(folder, "frame.png"), config, logger)
            archive.write(picture, f"frame_{count:05d}.png")
            count += 1
        if count == 0:
            raise MediaWriteError("there is not a single mask to write", "output.empty")


def _picture(frame, path, config, logger):
    shape = tuple(getattr(frame, "shape", ()))
    if len(shape) == 3 and shape[-1] in (3, 4):
        as_is = ImageSaveConfig(quality="png", normalize=False, retry=config.retry)
        return write_image_tensor(frame, as_is, logger=logger, output_path=path, layout="HWC")
    return write_mask(frame, config, logger=logger, output_path=path)


def _repeat(retry, path, logger, work):
    for attempt in range(1, retry + 1):
        try:
            return work()
        except OSError as error:
            if error.errno not in _PASSING:
                raise
            tell(logger, "warning",
                 f"save_mask_archive attempt {attempt}/{retry} failed for {path}: {error}")
            if attempt == retry:
                tell(logger, "error", f"save_mask_archive exhausted retries for {path}: {error}")
                raise


def _umask():
    # There is no way to ask but to set; /proc tells without, safe where threads make files.
    with open("/proc/self/status") as status:
        return next(int(line.split()[1], 8) for line in status if line.startswith("Umask:"))
