package import Foundations

/// Frames on their way through an encoder into a file of bare AV1 (IVF).
///
/// For one thread of its owner's own, which `write` and `finish` block: an encoder that is behind
/// holds its writer up, so that nothing gathers in between. Letting go of an unfinished one kills
/// the encoder. What goes wrong leaves a part of a file behind, which is its owner's to remove.
package final class FrameEncoding {
  private let child: ToolChild
  private let pictures: RawPictures
  private let file: FilePath
  private var frames = 0

  private init(_ child: ToolChild, _ pictures: RawPictures, _ file: FilePath) {
    self.child = child
    self.pictures = pictures
    self.file = file
  }

  /// Starts an encoder; a raised `stop` ends it at once.
  ///
  /// The settings' parameters should have passed `ParameterCheck`; one that the encoder does not know
  /// fails here too, though less clearly.
  package static func start(
    _ program: FFmpegProgram, _ pictures: RawPictures, _ settings: AV1Settings,
    into file: FilePath, conditions: ToolConditions = ToolConditions(),
    by processes: ChildProcesses,
    stop: StopFlag
  ) throws(FFmpegToolFailure) -> FrameEncoding {
    guard pictures.frameBytes != nil else {
      throw FFmpegToolFailure(
        .toolUnknownParameter, "SVT-AV1 takes no pictures as \(pictures.pixelFormat)",
        hint: "give it yuv420p or yuv420p10le")
    }
    try settings.requireFit(for: program)
    var command = conditions.command(
      program, arguments(pictures, settings, file, conditions.threads))
    command.input = .stream
    let child = try ToolChild.start(
      command, by: processes, stop: stop, patience: conditions.patience
    ) { FileStatus.ifPresent(file)?.size ?? 0 }
    return FrameEncoding(child, pictures, file)
  }

  private static func arguments(
    _ pictures: RawPictures, _ settings: AV1Settings, _ file: FilePath, _ threads: Int?
  ) -> [ChildArgument] {
    var arguments: [ChildArgument] = ["-hide_banner", "-nostdin", "-loglevel", "warning", "-y"]
    arguments += pictures.inputArguments
    arguments += ["-map", "0:v:0", "-fps_mode", "passthrough"]
    if let filter = pictures.colourFilter { arguments += ["-vf", "\(filter)"] }
    arguments += settings.arguments(threads: threads, pixelFormat: pictures.pixelFormat)
    arguments += pictures.colourArguments
    // Each packet is written at once: the growing file shows that the encoder is alive.
    arguments += ["-flags", "+bitexact", "-fflags", "+bitexact", "-flush_packets", "1"]
    return arguments + ["-f", "ivf", ChildArgument("file:", file)]
  }

  /// What the encoder uses at this moment, for a guard over memory; nil once it has ended.
  package var useNow: (cpuSeconds: Double, memoryBytes: Int64)? { child.useNow }

  /// Writes the next frame: its planes one after the other, rows without gaps.
  package func write(_ frame: [UInt8]) throws(FFmpegToolFailure) {
    precondition(frame.count == pictures.frameBytes, "a frame of another size than was told")
    try child.write(frame)
    frames += 1
  }

  /// Waits for the end, and checks the file: whole, a packet for each frame, the first a key.
  package func finish() throws(FFmpegToolFailure) -> EncodedFrames {
    let result = try child.finish()
    let index: IVFIndex
    do throws(FFmpegToolFailure) { index = try IVFIndex.read(file) } catch {
      throw FFmpegToolFailure(
        error.code, error.message, hint: FFmpegToolFailure.saying(result), cause: error.cause)
    }
    guard index.packets.count == frames, index.packets.first?.isKey ?? true,
      index.width == pictures.width, index.height == pictures.height
    else {
      throw FFmpegToolFailure(
        .toolNonsense,
        "\(result.tool) made \(index.packets.count) frames of \(index.width)×\(index.height) from "
          + "\(frames) of \(pictures.width)×\(pictures.height)",
        hint: FFmpegToolFailure.saying(result))
    }
    return EncodedFrames(index: index, usage: result.usage)
  }
}
