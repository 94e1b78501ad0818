"""Arrays and tensors as the library is told of them: by address, shape and strides."""

from .errors import MediaWriteError


def describe(array):
    """The description of an array, and what must be kept until it was read."""
    if hasattr(array, "detach"):  # a torch tensor
        return _torch(array)
    import numpy

    if not hasattr(array, "__array_interface__"):
        try:
            array = numpy.from_dlpack(array) if hasattr(array, "__dlpack__") else numpy.asarray(array)
        except Exception as error:
            raise MediaWriteError(f"{type(array).__name__} is no array: {error}", "output.bad_shape")
    if not array.dtype.isnative or array.dtype.kind not in "buif":
        raise MediaWriteError(
            f"arrays of {array.dtype} are not taken", "output.bad_shape", "use uint8, float16 or float32")
    return _lent(
        array.__array_interface__["data"][0], array.shape, array.strides, array.itemsize,
        array.dtype.name, array)


def _torch(tensor):
    tensor = tensor.detach()
    if tensor.device.type != "cpu":
        tensor = tensor.cpu()
    if tensor.is_conj() or tensor.is_neg():
        tensor = tensor.resolve_conj().resolve_neg()
    size = tensor.element_size()
    kind = str(tensor.dtype).removeprefix("torch.")
    return _lent(
        tensor.data_ptr(), tuple(tensor.shape), tuple(step * size for step in tensor.stride()), size,
        kind, tensor)


def _lent(address, shape, strides, size, kind, keep):
    # Where the memory begins and ends, and where in it the first number lies.
    below = sum(min(0, (count - 1) * step) for count, step in zip(shape, strides) if count)
    above = sum(max(0, (count - 1) * step) for count, step in zip(shape, strides) if count)
    empty = 0 in shape
    description = {
        "address": address + below, "bytes": 0 if empty else above - below + size, "offset": -below,
        "shape": list(shape), "strides": list(strides), "dtype": kind,
    }
    return description, keep


def is_array(value):
    return hasattr(value, "shape") and (hasattr(value, "dtype") or hasattr(value, "__dlpack__"))
