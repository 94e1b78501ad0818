"""Tensors of torch itself. Run by ./test with a Python of its own, which scripts/ensure-torch makes."""

import hashlib
import unittest

import numpy as np
import torch

import old_program
from mediary.media import (
    AudioSaveConfig, ImageSaveConfig, VideoSaveConfig, write_audio, write_image_tensor, write_mask,
    write_video_frames,
)
from support import LOSSLESS, MediaTest, film, picture, probe

PNG = ImageSaveConfig(quality="png")


def steps(tensor, rounds):
    """The steps of 255 of a tensor in -1...1, by torch's own arithmetic."""
    values = tensor.to(torch.float32).clamp(-1, 1).sub(-1).div(2).mul(255)
    if rounds:
        values = values.add(0.5).clamp(0, 255)
    return values.to(torch.uint8).numpy()


def random_of(kind, *shape):
    if kind is torch.bool:
        return torch.rand(shape) > 0.5
    if kind is torch.uint8:
        return torch.randint(0, 256, shape, dtype=kind)
    return (torch.rand(shape) * 2.4 - 1.2).to(kind)


KINDS = (torch.bool, torch.uint8, torch.float16, torch.bfloat16, torch.float32, torch.float64)


class Tensors(MediaTest):
    def setUp(self):
        super().setUp()
        torch.manual_seed(7)

    def expected(self, tensor, rounds):
        if tensor.dtype is torch.bool:
            return tensor.numpy() * np.uint8(255)
        return tensor.numpy() if tensor.dtype is torch.uint8 else steps(tensor, rounds)

    def test_the_old_program_runs_with_its_import_line_swapped(self):
        old_program.run(self, "torch")

    def test_films_of_every_element_come_back_to_the_last_bit_and_stay_as_they_were(self):
        for kind in KINDS:
            for axes, layout in {(0, 1, 2, 3): None, (1, 0, 2, 3): "TCHW", (1, 2, 3, 0): "THWC"}.items():
                with self.subTest(kind=kind, layout=layout):
                    tensor = random_of(kind, 3, 4, 16, 24)
                    given = tensor.permute(axes)
                    before = hashlib.sha256(bytes(given.contiguous().view(torch.uint8).flatten())).digest()
                    path = write_video_frames(given, LOSSLESS, output_path=self.path("f.mkv"), layout=layout)
                    wanted = self.expected(tensor, rounds=False).transpose(1, 2, 3, 0)
                    np.testing.assert_array_equal(film(path, wanted.shape), wanted)
                    after = hashlib.sha256(bytes(given.contiguous().view(torch.uint8).flatten())).digest()
                    self.assertEqual(before, after)

    def test_pictures_of_every_element_come_back_to_the_last_bit(self):
        for kind in KINDS:
            with self.subTest(kind):
                tensor = random_of(kind, 3, 16, 24)
                path = write_image_tensor(tensor, PNG, output_path=self.path("p"))
                np.testing.assert_array_equal(
                    picture(path), self.expected(tensor, rounds=True).transpose(1, 2, 0))

    def test_tensors_that_lie_in_any_way(self):
        base = random_of(torch.float32, 3, 6, 32, 48)
        for name, view in {
            "every second": base[:, ::2, ::2, ::2], "turned": base.transpose(2, 3),
            "one frame thrice": base[:, :1].expand(3, 3, 32, 48),
            "channels last": base.contiguous(memory_format=torch.channels_last),
            "a part": base[:, 1:3, 4:20, 8:40], "with a gradient": base.clone().requires_grad_(),
            "in the middle of a graph": base.clone().requires_grad_() * 1,
            "shared": base.clone().share_memory_(),
            "a parameter": torch.nn.Parameter(base.clone()),
            "negated": torch.complex(base, base).conj().imag,
        }.items():
            with self.subTest(name):
                path = write_video_frames(view, LOSSLESS, output_path=self.path("v.mkv"))
                wanted = steps(view.detach().resolve_neg(), rounds=False).transpose(1, 2, 3, 0)
                np.testing.assert_array_equal(film(path, wanted.shape), wanted)

    def test_streams_of_tensors(self):
        frames = random_of(torch.float32, 5, 16, 24, 3)
        wanted = steps(frames, rounds=False)
        for name, given in {
            "rows first": (frame for frame in frames),
            "channels first": [frame.permute(2, 0, 1) for frame in frames],
            "chunks": [frames[:2], frames[2:].permute(3, 0, 1, 2)],
            "half": (frame.to(torch.float64) for frame in frames),
        }.items():
            with self.subTest(name):
                path = write_video_frames(given, LOSSLESS, output_path=self.path("s.mkv"))
                np.testing.assert_array_equal(film(path, wanted.shape), wanted)

    def test_no_grad_around_the_call_holds_in_its_generator(self):
        weight = torch.nn.Parameter(torch.ones(1))
        seen = []

        def frames():
            for _ in range(4):
                frame = torch.zeros(16, 16, 3) * weight
                seen.append((frame.requires_grad, torch.is_inference_mode_enabled()))
                yield frame

        with torch.no_grad():
            write_video_frames(frames(), output_path=self.path("a.mp4"))
        with torch.inference_mode():
            write_video_frames(frames(), output_path=self.path("a.mp4"))
        self.assertEqual(seen, [(False, False)] * 4 + [(False, True)] * 4)

    def test_a_batch_of_four_rgb_pictures_is_no_rgba(self):
        path = write_image_tensor(random_of(torch.float32, 4, 3, 16, 16), PNG, output_path=self.path("b"))
        self.assertEqual(picture(path).shape, (20, 4 * 18 + 2, 3))

    def test_what_is_no_number_is_named_by_its_place(self):
        for kind in (torch.float16, torch.bfloat16, torch.float32, torch.float64):
            tensor = torch.zeros(3, 4, 16, 16, dtype=kind)
            tensor[1, 2, 5, 7] = float("nan")
            self.assert_refused(
                "output.bad_value", words="frame 2, row 5, column 7, channel 1 is NaN",
                work=lambda: write_video_frames(tensor, output_path=self.path("a.mp4")))

    def test_tensors_without_numbers_in_a_row_are_refused(self):
        sparse = torch.zeros(3, 2, 8, 8).to_sparse()
        for tensor in (sparse, torch.zeros(3, 2, 8, 8, device="meta")):
            self.assert_refused(
                "output.bad_shape", lambda: write_video_frames(tensor, output_path=self.path("a.mp4")))

    def test_tensors_of_other_elements_are_refused(self):
        for kind in (torch.complex64, torch.float8_e4m3fn):
            tensor = torch.zeros(3, 2, 8, 8).to(kind)
            self.assert_refused(
                "usage.bad_value", words=str(kind).removeprefix("torch."),
                work=lambda: write_video_frames(tensor, output_path=self.path("a.mp4")))

    def test_sound_and_masks(self):
        tone = torch.sin(torch.arange(2, 8_002) / 20).to(torch.float16).repeat(2, 1)
        path = write_audio(tone, AudioSaveConfig(sample_rate=16_000), output_path=self.path("t.wav"))
        self.assertEqual((probe(path)["channels"], probe(path)["sample_rate"]), (2, "16000"))
        mask = torch.rand(20, 30) > 0.5
        np.testing.assert_array_equal(
            picture(write_mask(mask, output_path=self.path("m.png"))), mask.numpy() * np.uint8(255))

    def test_the_hdr_film_of_a_tensor(self):
        path = write_video_frames(
            torch.rand(3, 3, 16, 16), VideoSaveConfig(codec_type="hdr_18", value_range=(0, 1)),
            output_path=self.path("h.mp4"))
        self.assertEqual(probe(path)["pix_fmt"], "yuv420p10le")


if __name__ == "__main__":
    unittest.main()
