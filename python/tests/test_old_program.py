"""The functions that programs call today, with numpy; with torch they are in tensors/."""

import inspect
import unittest

import mediary.media
import old_program
from mediary.media import save_image
from support import MediaTest

SIGNATURES = {
    "save_video": "(tensor, save_file=None, fps=30, codec_type='libx264_8', container='mp4', nrow=8, "
                  "normalize=True, value_range=(-1, 1), retry=5)",
    "save_image": "(tensor, save_file, nrow=8, normalize=True, value_range=(-1, 1), quality='jpeg_95', "
                  "retry=5)",
    "save_video_metadata": "(file_path, metadata_dict, source_images=None)",
    "save_image_metadata": "(image_path, metadata_dict, **save_kwargs)",
    "save_audio_metadata": "(path, configs)",
}


class OldProgram(MediaTest):
    def test_it_runs_with_its_import_line_swapped(self):
        old_program.run(self, "numpy")

    def test_the_functions_have_todays_signatures(self):
        for name, signature in SIGNATURES.items():
            self.assertEqual(str(inspect.signature(getattr(mediary.media, name))), signature)

    def test_each_call_warns_of_what_to_use_instead(self):
        with self.assertWarnsRegex(DeprecationWarning, "write_image_tensor") as caught:
            save_image(self.bytes(3, 8, 8), self.path("x.png"), quality="png")
        self.assertEqual(caught.filename, __file__)


if __name__ == "__main__":
    unittest.main()
