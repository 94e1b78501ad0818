"""Frames and tensors in, finished files out, with the settings that made them inside.

    from mediary.media import VideoSaveConfig, write_video_frames
    path = write_video_frames(frames, VideoSaveConfig(fps=24), logger=log, output_path="clip.mp4")

numpy arrays and torch tensors are taken by pointer and never changed; a generator of frames streams.
What cannot be written raises `MediaWriteError`, and leaves no half file.
"""

from .compat import (
    save_audio_metadata,
    save_image,
    save_image_metadata,
    save_video,
    save_video_metadata,
)
from .context import MediaPersistenceContext, build_media_context
from .errors import MediaWriteError
from .masks import write_mask_archive
from .metadata import read_metadata, write_metadata_bundle
from .settings import (
    AudioSaveConfig,
    ImageSaveConfig,
    MaskSaveConfig,
    MetadataSaveConfig,
    VideoSaveConfig,
    from_server_config,
)
from .writing import (
    write_audio,
    write_image_tensor,
    write_mask,
    write_video_frames,
)

__all__ = [
    "AudioSaveConfig", "ImageSaveConfig", "MaskSaveConfig", "MediaPersistenceContext",
    "MediaWriteError", "MetadataSaveConfig", "VideoSaveConfig", "build_media_context",
    "from_server_config", "read_metadata", "save_audio_metadata", "save_image",
    "save_image_metadata", "save_video", "save_video_metadata", "write_audio", "write_image_tensor",
    "write_mask", "write_mask_archive", "write_metadata_bundle", "write_video_frames",
]
