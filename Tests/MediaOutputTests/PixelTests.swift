import Foundation
import TestSupport
import Testing

@Suite("Pixels, as numpy, Pillow and ffmpeg see them")
struct PixelTests {
  private static let script = Golden.root
    .appending(path: "Tests/MediaOutputTests/Reference/pixels.py").path

  @Test(
    "come out as computed independently, to the last bit",
    arguments: [
      "bytes_stay", "one_hundred_twenty_eight", "floats_round", "channels_first", "other_range",
      "batch_is_a_grid", "batch_of_four_is_no_alpha", "four_channels_are_alpha",
      "gray_becomes_colour", "fortran_order", "archive", "packed_archive", "open_exr",
      "open_exr_of_a_range", "jpeg_like_pillow", "mask",
      "film_bytes_stay", "film_floats_are_cut_off", "film_of_a_batch", "film_keeps_odd_size",
      "film_of_safetensors",
    ])
  func agree(name: String) throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      "/usr/bin/python3", [Self.script, BuiltProducts.mediary, folder.path, name])
    #expect(run.status == 0, "\(run.stderr)")
  }
}
