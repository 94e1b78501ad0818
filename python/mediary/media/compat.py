"""The functions that programs call today, with their signatures.

What failed in silence raises now; all else is as it was.
"""

import warnings

from .settings import ImageSaveConfig, MetadataSaveConfig, VideoSaveConfig
from .writing import _film_layout, write_image_tensor, write_metadata_bundle, write_video_frames


def _warn(name, better):
    warnings.warn(f"{name} is kept for old programs; use {better}", DeprecationWarning, stacklevel=3)


def save_video(tensor, save_file=None, fps=30, codec_type="libx264_8", container="mp4", nrow=8,
               normalize=True, value_range=(-1, 1), retry=5):
    _warn("save_video", "write_video_frames")
    config = VideoSaveConfig(
        fps=fps, codec_type=codec_type or "libx264_8", container=container, nrow=nrow,
        normalize=normalize, value_range=tuple(value_range), retry=retry)
    shape = getattr(tensor, "shape", None)
    return write_video_frames(
        tensor, config, output_path=save_file, layout=_film_layout(shape) if shape is not None else None)


def save_image(tensor, save_file, nrow=8, normalize=True, value_range=(-1, 1), quality="jpeg_95",
               retry=5):
    _warn("save_image", "write_image_tensor")
    config = ImageSaveConfig(
        nrow=nrow, normalize=normalize, value_range=tuple(value_range), quality=quality or "jpeg_95",
        retry=retry)
    shape = tuple(tensor.shape)
    # Channels stand before rows in a tensor, whatever else could be read into the shape.
    layout = None
    if len(shape) in (3, 4) and shape[-3] in (1, 3, 4):
        layout = "CHW" if len(shape) == 3 else "BCHW"
    return write_image_tensor(tensor, config, output_path=save_file, layout=layout)


def save_video_metadata(path, metadata, source_images=None):
    _warn("save_video_metadata", "write_metadata_bundle")
    pictures = None
    if source_images:
        pictures = [
            {"tag": tag, "path": str(picture), "filename": str(picture).rsplit("/", 1)[-1]}
            for tag, given in source_images.items()
            for picture in (given if isinstance(given, (list, tuple)) else [given])
        ]
    write_metadata_bundle(path, metadata, MetadataSaveConfig(), pictures=pictures)
    return True


def save_image_metadata(path, metadata):
    _warn("save_image_metadata", "write_metadata_bundle")
    write_metadata_bundle(path, metadata, MetadataSaveConfig())
    return True


def save_audio_metadata(path, metadata):
    _warn("save_audio_metadata", "write_metadata_bundle")
    write_metadata_bundle(path, metadata, MetadataSaveConfig())
    return True
