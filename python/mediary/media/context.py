"""All the settings of one run of a generator, as its server has them configured."""

from dataclasses import dataclass, field

from .library import tell
from .masks import write_mask_archive
from .settings import (
    AudioSaveConfig, ImageSaveConfig, MaskSaveConfig, VideoSaveConfig, film_settings)
from .writing import write_audio, write_image_tensor, write_video_frames


@dataclass
class MediaPersistenceContext:
    """The defaults of a run; each call may change some of them for itself.

    `config` stands in for a template, `overrides` change fields of either. An unknown field raises
    AttributeError, and what cannot be written MediaWriteError.
    """

    video_template: VideoSaveConfig
    image_template: ImageSaveConfig
    audio_template: AudioSaveConfig = field(default_factory=AudioSaveConfig)
    mask_template: MaskSaveConfig = field(default_factory=MaskSaveConfig)
    save_debug_masks: bool = False

    def video_config(self, **overrides):
        return self.video_template.with_(**overrides)

    def image_config(self, **overrides):
        return self.image_template.with_(**overrides)

    def audio_config(self, **overrides):
        return self.audio_template.with_(**overrides)

    def mask_config(self, **overrides):
        return self.mask_template.with_(**overrides)

    def should_save_masks(self):
        return self.save_debug_masks

    def save_video(self, data, target_path, *, logger=None, config=None, overrides=None):
        config = (config or self.video_template).with_(**dict(overrides or {}))
        return write_video_frames(data, config, logger=logger, output_path=target_path)

    def save_image(self, data, target_path, *, logger=None, config=None, overrides=None):
        config = (config or self.image_template).with_(**dict(overrides or {}))
        return write_image_tensor(data, config, logger=logger, output_path=target_path)

    def save_audio(
            self, data, target_path, *, sample_rate=None, logger=None, config=None, overrides=None):
        config = (config or self.audio_template).with_(**dict(overrides or {}))
        if sample_rate is not None:
            config = config.with_(sample_rate=sample_rate)
        return write_audio(data, config, logger=logger, output_path=target_path)

    def save_mask_archive(
            self, frames, target_path, *, logger=None, config=None, overrides=None, force=False):
        """Writes masks as PNG pictures in a ZIP file; None where masks are not to be kept."""
        if frames is None:
            return None
        if not force and not self.should_save_masks():
            tell(logger, "info",
                 f"save_mask_archive skipped for {target_path}; mask persistence disabled.")
            return None
        config = (config or self.mask_template).with_(**dict(overrides or {}))
        return write_mask_archive(frames, config, logger=logger, output_path=target_path)


def build_media_context(server_config):
    """A context from a server's configuration, by its own keys; what makes no sense is the default."""
    def key(name, usual):
        return server_config.get(name) or usual

    return MediaPersistenceContext(
        video_template=film_settings(server_config),
        image_template=ImageSaveConfig(quality=key("image_output_codec", "jpeg_95")),
        audio_template=AudioSaveConfig(
            sample_rate=_number(server_config.get("audio_sample_rate"), None),
            subtype=server_config.get("audio_output_subtype"),
            format=server_config.get("audio_output_format"),
            codec=server_config.get("audio_stand_alone_output_codec")),
        mask_template=MaskSaveConfig(
            retry=max(1, _number(server_config.get("mask_archive_retry"), MaskSaveConfig().retry))),
        save_debug_masks=bool(server_config.get("save_masks", False)))


def _number(value, usual):
    try:
        return usual if value is None else int(value)
    except (TypeError, ValueError):
        return usual
