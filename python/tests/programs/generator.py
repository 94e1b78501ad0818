"""A program of before: written for the functions of a generator, and run with one line swapped."""

import json
import sys

import numpy as np

from shared.utils.audio_video import (
    save_audio_metadata, save_image, save_image_metadata, save_video, save_video_metadata)

kind, folder = sys.argv[1:]
random = np.random.default_rng(5)


def made(*shape):
    values = random.uniform(-1.2, 1.2, shape).astype(np.float32)
    if kind == "torch":
        import torch
        return torch.from_numpy(values)
    return values


def kept(name, tensor):
    np.save(f"{folder}/{name}.npy", np.asarray(tensor))
    return tensor


film = kept("film", made(3, 5, 48, 64))
batch = kept("batch", made(3, 3, 4, 24, 32))
picture = kept("picture", made(3, 40, 56))
pictures = kept("pictures", made(4, 3, 24, 32))
clear = kept("clear", made(4, 20, 28))
told = {}

# Videos: by position, by name, and as they come.
told["positions"] = save_video(
    film, f"{folder}/positions.mkv", 16, "libx264_lossless", "mkv", 8, True, (-1, 1), 5)
told["names"] = save_video(
    tensor=batch, save_file=f"{folder}/names.mkv", fps=24, codec_type="libx264_lossless",
    container="mkv", nrow=2, normalize=True, value_range=(0, 1), retry=3)
told["usual"] = save_video(film, f"{folder}/usual.mp4")
told["suffix"] = save_video(film, f"{folder}/suffix.avi", codec_type="libx265_28")
told["unnamed"] = save_video(film)
told["none"] = save_video(film[:, :2], save_file=f"{folder}/none.mp4", codec_type=None)
chunks = [film[:, :2], film[:, 2:]]
told["chunks"] = save_video(
    chunks, f"{folder}/chunks.mkv", codec_type="libx264_lossless", container="mkv")
arrays = [np.full((32, 48, 3), 30 * index, np.uint8) for index in range(4)]
told["arrays"] = save_video(
    arrays, f"{folder}/arrays.mkv", fps=8, codec_type="libx264_lossless", container="mkv")
told["stream"] = save_video(
    (frame for frame in arrays), f"{folder}/stream.mkv", codec_type="libx264_lossless", container="mkv")

# Images.
told["image"] = save_image(picture, f"{folder}/image.png", 8, True, (-1, 1), "png", 5)
told["image names"] = save_image(
    tensor=pictures, save_file=f"{folder}/grid.png", nrow=2, normalize=True, value_range=(-1, 1),
    quality="png", retry=5)
told["image usual"] = save_image(picture, f"{folder}/usual.png")
told["image webp"] = save_image(picture, f"{folder}/usual", quality="webp_95")
told["image clear"] = save_image(clear, f"{folder}/clear.jpg", quality="jpeg_95")
told["image none"] = save_image(picture, f"{folder}/unset.jpg", quality=None)
told["image plain"] = save_image((picture + 1.2) / 2.4, f"{folder}/plain.png", normalize=False, quality="png")

# How they were made.
settings = {"type": "a model", "prompt": "a red kite, déjà vu", "seed": 11, "resolution": "64x48"}
told["video metadata"] = save_video_metadata(told["usual"], settings)
told["mkv metadata"] = save_video_metadata(file_path=told["positions"], metadata_dict=settings, source_images=None)
told["video pictures"] = save_video_metadata(
    told["suffix"], settings,
    {"image_start": told["image"], "image_refs": [told["image webp"], None], "image_end": None})
told["image metadata"] = [
    save_image_metadata(told[name], settings)
    for name in ("image", "image usual", "image webp", "image clear")]
told["image metadata names"] = save_image_metadata(
    image_path=told["image"], metadata_dict=settings, quality=95)
told["audio metadata"] = save_audio_metadata(f"{folder}/sound.wav", settings)
told["audio metadata names"] = save_audio_metadata(path=f"{folder}/sound.wav", configs=settings)

print(json.dumps(told))
