"""The functions that programs call today, with their signatures.

What failed in silence raises now; all else is as it was.
"""

import warnings

from .metadata import write_metadata_bundle
from .settings import ImageSaveConfig, VideoSaveConfig
from .writing import picture_layout, write_image_tensor, write_video_frames


def _warn(name, better):
    warnings.warn(f"{name} is kept for old programs; use {better}", DeprecationWarning, stacklevel=3)


def save_video(tensor, save_file=None, fps=30, codec_type="libx264_8", container="mp4", nrow=8,
               normalize=True, value_range=(-1, 1), retry=5):
    _warn("save_video", "write_video_frames")
    config = VideoSaveConfig(
        fps=fps, codec_type=codec_type or "libx264_8", container=container, nrow=nrow,
        normalize=normalize, value_range=(min(value_range), max(value_range)), retry=retry)
    is_tensor = hasattr(tensor, "detach") and len(tensor.shape) == 4
    return write_video_frames(
        tensor, config, output_path=save_file, layout="CTHW" if is_tensor else None)


def save_image(tensor, save_file, nrow=8, normalize=True, value_range=(-1, 1), quality="jpeg_95",
               retry=5):
    _warn("save_image", "write_image_tensor")
    config = ImageSaveConfig(
        nrow=nrow, normalize=normalize, value_range=(min(value_range), max(value_range)),
        quality=quality or "jpeg_95", retry=retry)
    return write_image_tensor(
        tensor, config, output_path=save_file, layout=picture_layout(tuple(tensor.shape)))


def save_video_metadata(file_path, metadata_dict, source_images=None):
    _warn("save_video_metadata", "write_metadata_bundle")
    write_metadata_bundle(file_path, metadata_dict, pictures=source_images or None)
    return True


def save_image_metadata(image_path, metadata_dict, **save_kwargs):
    # How to compress the picture again, which is not done any more.
    del save_kwargs
    _warn("save_image_metadata", "write_metadata_bundle")
    write_metadata_bundle(image_path, metadata_dict)
    return True


def save_audio_metadata(path, configs):
    _warn("save_audio_metadata", "write_metadata_bundle")
    write_metadata_bundle(path, configs)
    return True
