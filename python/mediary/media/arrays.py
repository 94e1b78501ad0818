"""Arrays and tensors as the library is told of them: by address, shape and strides."""

from .errors import MediaWriteError


def describe(array):
    """The description of an array, and what must be kept until it was read."""
    if hasattr(array, "detach"):  # a torch tensor
        return _torch(array)
    import numpy

    if not isinstance(array, numpy.ndarray):
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
    kind = str(tensor.dtype).removeprefix("torch.")
    try:
        tensor = tensor.detach().cpu()
        if tensor.is_conj() or tensor.is_neg():
            tensor = tensor.resolve_conj().resolve_neg()
        address, steps = tensor.data_ptr(), tensor.stride()
    except (NotImplementedError, RuntimeError) as error:
        # Sparse ones, and those that are but a shape.
        raise MediaWriteError(f"a tensor of {kind} has no numbers in a row: {error}", "output.bad_shape")
    size = tensor.element_size()
    return _lent(
        address, tuple(tensor.shape), tuple(step * size for step in steps), size, kind, tensor)


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
