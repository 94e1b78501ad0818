"""Settings as values: every change makes a copy, so that a shared default stays what it is."""

from dataclasses import dataclass, field, replace
from typing import Any, Dict, Optional, Tuple


class _Copies:
    def with_(self, **changes):
        """A copy with changes; an unknown name raises AttributeError."""
        for name in changes:
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__} has no setting {name!r}")
        return replace(self, **changes)


@dataclass(frozen=True)
class VideoSaveConfig(_Copies):
    fps: float = 30
    codec_type: Optional[str] = "libx264_8"
    container: Optional[str] = "mp4"
    nrow: int = 8
    normalize: bool = True
    value_range: Tuple[float, float] = (-1, 1)
    retry: int = 5
    extra_params: Dict[str, Any] = field(default_factory=dict)
    temp_dir: Optional[str] = None

    def with_codec(self, codec):
        return self.with_(codec_type=codec)


@dataclass(frozen=True)
class ImageSaveConfig(_Copies):
    nrow: int = 8
    normalize: bool = True
    value_range: Tuple[float, float] = (-1, 1)
    quality: Optional[str] = "jpeg_95"
    retry: int = 5
    extra_params: Dict[str, Any] = field(default_factory=dict)
    temp_dir: Optional[str] = None


@dataclass(frozen=True)
class AudioSaveConfig(_Copies):
    sample_rate: Optional[int] = None
    subtype: Optional[str] = None
    format: Optional[str] = None
    retry: int = 5
    extra_params: Dict[str, Any] = field(default_factory=dict)
    temp_dir: Optional[str] = None


@dataclass(frozen=True)
class MaskSaveConfig(_Copies):
    retry: int = 3
    extra_params: Dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class MetadataSaveConfig(_Copies):
    format_hint: Optional[str] = None
    placement: str = "embedded"
    verify: bool = True
    handlers: Dict[str, Any] = field(default_factory=dict)
    extra_options: Dict[str, Any] = field(default_factory=dict)


def from_server_config(config):
    """Video, image and metadata settings from a server's configuration, by its own keys."""
    placements = {"metadata": "embedded", "json": "sidecar"}
    video = VideoSaveConfig(
        codec_type=config.get("video_output_codec") or "libx264_8",
        container=config.get("video_container") or "mp4")
    image = ImageSaveConfig(quality=config.get("image_output_codec") or "jpeg_95")
    metadata = MetadataSaveConfig(
        placement=placements.get(config.get("metadata_type", "metadata"), "none"))
    return video, image, metadata
