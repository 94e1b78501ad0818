package import Foundations
import Media
package import MediaOutput

/// Opens what frames are read from: an array, a folder of pictures, a film, or bare bytes.
package enum FrameInput {
  /// How to take what is read.
  package struct Options: Sendable {
    /// The name of an array where a file holds several.
    package var array: String?
    package var layout: PixelLayout?
    /// Where packed arrays are unpacked to.
    package var temporaryFolder: FilePath = "/tmp"
    /// The form of bare bytes.
    package var raw: RawFrames.Form?

    /// Nothing is known but what the file says.
    package init() {}
  }

  /// The frames of a film to be.
  package static func film(
    _ path: FilePath, _ options: Options, stop: StopFlag
  ) throws -> any FrameSource {
    if let source = try common(path, options, stop) { return source }
    return try ArrayFrames(
      film: try array(path, options), layout: options.layout)
  }

  /// The one picture, or batch of pictures, of a file.
  package static func picture(
    _ path: FilePath, _ options: Options, stop: StopFlag
  ) throws -> any FrameSource {
    if let source = try common(path, options, stop) { return source }
    return try ArrayFrames(
      picture: try array(path, options), layout: options.layout)
  }

  /// The sound of a file: an array of so many samples a second, or what plays.
  package static func sound(
    _ path: FilePath, sampleRate: Int, _ options: Options
  ) throws -> FilmSound {
    guard ArrayReader.isArray(path) else { return .file(path) }
    return .array(
      try ArrayReader.open(path, temporaryFolder: options.temporaryFolder), sampleRate: sampleRate)
  }

  private static func array(_ path: FilePath, _ options: Options) throws -> PixelArray {
    try ArrayReader.open(
      path, name: options.array, temporaryFolder: options.temporaryFolder)
  }

  private static func common(
    _ path: FilePath, _ options: Options, _ stop: StopFlag
  ) throws -> (any FrameSource)? {
    if path == "-" {
      guard let form = options.raw else {
        throw UsageFailure(
          .usageMissingOption, "bare frames on standard input do not say what they are",
          hint: "give --raw WIDTHxHEIGHT and, if they are not RGB, --channels")
      }
      return RawFrames(try MediaSource.standardInputBytes(stop: stop), form: form)
    }
    if try FileStatus.of(path).kind == .folder { return try FolderFrames(path, stop: stop) }
    return ArrayReader.isArray(path) ? nil : try FilmFrames(path, stop: stop)
  }
}
