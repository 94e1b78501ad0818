package import FFmpegTool
package import Foundations

/// The programs that Mediary runs, as the configuration and the environment have them.
package struct ExternalTools: Sendable {
  /// What runs them.
  package let processes: ChildProcesses
  /// What they have answered so far.
  package let memory: ToolMemory
  private let places: FFmpegPlaces

  /// The tools of an installation; nothing is looked for yet.
  package init(
    _ configuration: Configuration, environment: [String: String]
  ) throws(ProcessFailure) {
    processes = try ChildProcesses()
    memory = ToolMemory(Self.memoryFile(environment))
    places = FFmpegPlaces(
      named: configuration[MediarySettings.ffmpeg], searchPath: environment["PATH"] ?? "",
      pinned: OwnBinary.path.map(FFmpegPlaces.pinned(near:)) ?? [])
  }

  /// In the user's folder for what can be made again; without a home nothing is kept.
  private static func memoryFile(_ environment: [String: String]) -> FilePath? {
    let folders = [
      environment["XDG_CACHE_HOME"].map { FilePath($0) },
      environment["HOME"].map { FilePath($0).appending(".cache") },
    ]
    return folders.compactMap { $0 }.first { $0.isAbsolute }?.appending("mediary/tools.json")
  }

  /// What ffmpegs there are; blocks the thread while those that are not known are asked.
  package func search() -> FFmpegSearch {
    FFmpegFinder(places, memory: memory, by: processes).search()
  }
}
