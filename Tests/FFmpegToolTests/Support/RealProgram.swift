import FFmpegTool
import Foundation
import Foundations
import Testing

/// The two real programs that everything is tested with.
enum RealProgram: String, CaseIterable, CustomTestStringConvertible {
  /// Debian's own: ffmpeg 5.1 with SVT-AV1 1.4.1.
  case system
  /// The project's: ffmpeg 9 with SVT-AV1 4.2 and libvmaf.
  case pinned

  static let processes = Result { try ChildProcesses() }
  private static let memory = ToolMemory(nil)
  private static let search = Result {
    FFmpegFinder(
      FFmpegPlaces(searchPath: "/usr/bin", pinned: [pinnedPath]), memory: memory,
      by: try processes.get()
    ).search()
  }

  static var pinnedPath: FilePath {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return FilePath(root.path + "/.tools/ffmpeg/ffmpeg")
  }

  /// The program; where it is not there the test fails.
  func callAsFunction() throws -> FFmpegProgram {
    let source: FFmpegSearch.Source = self == .system ? .path : .pinned
    guard let candidate = try Self.search.get().candidates.first(where: { $0.source == source })
    else { throw Missing(program: rawValue) }
    return try candidate.outcome.get()
  }

  func check() throws -> ParameterCheck {
    ParameterCheck(try self(), memory: Self.memory, by: try Self.processes.get())
  }

  var testDescription: String { rawValue }

  private struct Missing: Error, CustomStringConvertible {
    let program: String
    var description: String { "the \(program) ffmpeg is not there; run scripts/ensure-ffmpeg" }
  }
}
