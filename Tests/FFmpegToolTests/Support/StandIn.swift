import FFmpegTool
import Foundation
import Foundations
import TestSupport

/// A shell script in the place of an ffmpeg.
struct StandIn {
  let folder: TemporaryFolder
  let path: FilePath

  /// A script with this body; `$0.log` grows by a line with each start.
  init(_ body: String) throws {
    folder = try TemporaryFolder()
    path = FilePath(folder("ffmpeg"))
    try folder.write("ffmpeg", "#!/bin/sh\necho \"$*\" >> \"$0.log\"\n\(body)\n".utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path.text)
  }

  /// How often it was started.
  var starts: Int {
    let log = (try? String(contentsOfFile: path.text + ".log", encoding: .utf8)) ?? ""
    return log.split(separator: "\n").count
  }

  /// The program that it claims to be.
  var program: FFmpegProgram {
    FFmpegProgram(
      path: path, version: "1", encoderVersion: "4.2.0", metrics: [.vmaf, .xpsnr],
      takesQuarters: true)
  }

  /// Answers as an ffmpeg with SVT-AV1 of a version, whatever `encode` makes of encodes.
  static func answering(encoder: String = "4.2.0", encode: String = "cat >/dev/null") -> String {
    """
    case "$*" in
      -version) echo "ffmpeg version 7.7 Copyright" ;;
      *-encoders*) echo " V..... libsvtav1  SVT-AV1" ;;
      *-filters*) echo " .. libvmaf  VV->V  VMAF" ;;
      *) echo "Svt[info]: SVT [version]: SVT-AV1 Encoder Lib v\(encoder)" >&2
         \(encode) ;;
    esac
    """
  }
}
