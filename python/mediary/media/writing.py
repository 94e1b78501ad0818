"""The functions to write by."""

from . import arrays, requests
from .calls import Call
from .library import say_to
from .settings import AudioSaveConfig, ImageSaveConfig, MaskSaveConfig, VideoSaveConfig


def film_layout(frames):
    """What the four axes of a tensor are: C, T, H, W where that can be, as their makers have it."""
    shape = tuple(frames.shape)
    if len(shape) != 4 or shape[0] not in (1, 3, 4):
        return None
    # numpy's makers have the channels last.
    return "CTHW" if hasattr(frames, "detach") or shape[-1] not in (1, 3, 4) else None


def _frames(given):
    """Frames out of frames, or of chunks of frames with four axes."""
    for item in given:
        shape = getattr(item, "shape", ())
        if item is None:
            continue
        if len(shape) != 4:
            yield item
        elif shape[-1] in (1, 3, 4) or shape[0] not in (1, 3, 4):
            yield from item
        else:
            for index in range(shape[1]):
                yield item[:, index]


def write_video_frames(
        frames, config=None, *, logger=None, output_path=None, layout=None, sound=None,
        sound_rate=48_000, metadata=None):
    """Writes frames as a film and returns its path.

    `frames` is an array or tensor of all frames, a list of them, or anything that gives frames one by
    one, which are then never held together. They are made on the thread that calls. `sound` is the
    path of a file that plays, or samples of `sound_rate` a second; `metadata` goes into the file in
    the same step.
    """
    sound, kept_sound = _sound(sound, sound_rate)
    request = {
        "sound": sound, "metadata": requests.told(metadata),
        "path": requests.path(output_path), "layout": layout,
        "settings": requests.settings(
            config or VideoSaveConfig(), "fps", "codec_type", "container", "nrow", "normalize",
            "value_range", "retry", "extra_params", "audio_codec"),
    }
    if not arrays.is_array(frames):
        return _write("mediary_write_video", request, logger, frames=_frames(frames), keep=kept_sound)
    request["layout"] = layout or film_layout(frames)
    request["frames"], keep = arrays.describe(frames)
    return _write("mediary_write_video", request, logger, keep=(keep, kept_sound))


def _sound(given, rate):
    if given is None:
        return None, None
    if not arrays.is_array(given):
        return {"path": requests.path(given)}, None
    samples, keep = arrays.describe(given)
    return {"samples": samples, "sample_rate": requests.whole("sound_rate", rate)}, keep


def write_image_tensor(
        tensor, config=None, *, logger=None, output_path=None, layout=None, metadata=None):
    """Writes a picture, or a batch as a grid, and returns its path."""
    if not arrays.is_array(tensor):
        raise TypeError(f"a picture is an array or a tensor, not {type(tensor).__name__}")
    description, keep = arrays.describe(tensor)
    if layout is None and hasattr(tensor, "detach"):
        layout = picture_layout(description["shape"])
    request = {
        "picture": description, "path": requests.path(output_path), "layout": layout,
        "metadata": requests.told(metadata), "settings": requests.settings(
            config or ImageSaveConfig(), "nrow", "normalize", "value_range", "quality", "retry"),
    }
    return _write("mediary_write_image", request, logger, keep=keep)


def picture_layout(shape):
    """Channels stand before rows in a tensor, whatever else could be read into the shape."""
    if len(shape) not in (3, 4) or shape[-3] not in (1, 3, 4):
        return None
    return "CHW" if len(shape) == 3 else "BCHW"


def write_mask(mask, config=None, *, logger=None, output_path=None):
    """Writes a mask as a gray PNG and returns its path."""
    description, keep = arrays.describe(mask)
    request = {
        "picture": description, "path": requests.path(output_path), "gray": True,
        "settings": dict(
            requests.settings(config or MaskSaveConfig(), "retry"), quality="png", normalize=False),
    }
    return _write("mediary_write_image", request, logger, keep=keep)


def write_audio(
        samples, config=None, *, logger=None, output_path=None, codec=None, metadata=None):
    """Writes samples as sound and returns its path."""
    config = config or AudioSaveConfig()
    if config.sample_rate is None:
        raise ValueError("sound needs a sample rate, such as AudioSaveConfig(sample_rate=48000)")
    description, keep = arrays.describe(samples)
    request = {
        "samples": description, "path": requests.path(output_path),
        "metadata": requests.told(metadata), "settings": dict(
            requests.settings(config, "sample_rate", "retry"),
            codec=codec or config.codec_for(output_path)),
    }
    return _write("mediary_write_audio", request, logger, keep=keep)


def _write(name, request, logger, *, frames=None, keep=None):
    return Call(name, request, say_to(logger), frames=frames, keep=keep).run()["path"]
