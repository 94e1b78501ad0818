"""Settings as values: every change makes a copy, so that a shared default stays what it is."""

import os
from dataclasses import dataclass, field, replace
from typing import Any, Dict, Optional, Tuple

from .errors import MediaWriteError


class _Copies:
    def with_(self, **changes):
        """A copy with changes; an unknown name raises AttributeError."""
        for name in changes:
            if name not in self.__dataclass_fields__:
                raise AttributeError(f"{type(self).__name__} has no setting {name!r}")
        # Dictionaries are copied too, or a change of one would be a change of all.
        own = {name: dict(value) for name, value in vars(self).items() if isinstance(value, dict)}
        return replace(self, **{**own, **changes})


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
    audio_codec: Optional[str] = None

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
    codec: Optional[str] = None

    def codec_for(self, path):
        """The codec's key: as set, else by format and subtype as soundfile has them, else by name."""
        if self.codec is not None:
            return self.codec
        suffix = os.path.splitext(os.fsdecode(path))[1].lstrip(".") if path is not None else ""
        kind = (self.format or suffix or "wav").lower()
        subtype = self.subtype.upper() if self.subtype is not None else None
        kind = kind if self.format is not None or kind in _SOUNDS else "wav"
        try:
            return _SOUNDS[kind][subtype]
        except KeyError:
            raise MediaWriteError(
                f"there is no sound of format {kind} and subtype {subtype}",
                "output.unknown_codec", "name a codec, such as flac or opus_128") from None


_SOUNDS = {
    "wav": {None: "wav", "PCM_16": "wav", "PCM_24": "wav_24", "FLOAT": "wav_float"},
    "flac": {None: "flac", "PCM_16": "flac"},
    "mp3": {None: "mp3_192", "MPEG_LAYER_III": "mp3_192"},
    "m4a": {None: "aac_192"},
    "opus": {None: "opus_128", "OPUS": "opus_128"},
}


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
    image = ImageSaveConfig(quality=config.get("image_output_codec") or "jpeg_95")
    metadata = MetadataSaveConfig(
        placement=placements.get(config.get("metadata_type", "metadata"), "none"))
    return film_settings(config), image, metadata


def film_settings(config):
    """A film's settings from a server's configuration."""
    codec = config.get("video_output_codec") or "libx264_8"
    if codec == "hdr" and config.get("hdr_video_crf") is not None:
        codec = f"hdr_{config['hdr_video_crf']}"
    return VideoSaveConfig(
        codec_type=codec, container=config.get("video_container") or "mp4",
        audio_codec=config.get("audio_output_codec"))
