package import Foundations
import Synchronization

/// What programs have answered, kept in a file so that they are asked once.
///
/// A file that cannot be read or written costs time and nothing else. Of two processes that learn
/// something at once one may forget it.
package final class ToolMemory: Sendable {
  private let file: FilePath?
  private let time: any TimeSource
  private let entries: Mutex<JSONObject>

  // What another version wrote is not understood, and learnt again.
  private static let version = 1
  private static let limit = 4 << 20
  /// How long a bad answer counts: the machine may only have been busy.
  private static let badAnswers = Duration.seconds(600)

  /// A memory in a file; without one it lasts as long as the value.
  package init(_ file: FilePath?, time: any TimeSource = SystemTime()) {
    self.file = file
    self.time = time
    entries = Mutex(Self.read(file) ?? [:])
  }

  private static func read(_ file: FilePath?) -> JSONObject? {
    guard let file, let bytes = try? SmallFile.read(file, limit: limit),
      let value = try? JSONReader.read(bytes), value["version"]?.int == version
    else { return nil }
    return value["programs"]?.object
  }

  /// What is known of a program; nil where it is not known as it is now.
  func description(
    of path: FilePath, _ identity: FileIdentity
  ) -> Result<FFmpegProgram, FFmpegToolFailure>? {
    guard let entry = entry(path, identity) else { return nil }
    if let program = FFmpegProgram(path: path, kept: entry["program"] ?? .null) {
      return .success(program)
    }
    guard let at = entry["at"]?.int, let message = entry["failure"]?.string,
      (0..<Self.badAnswers.components.seconds).contains(now - Int64(at))
    else { return nil }
    return .failure(
      FFmpegToolFailure(.toolFailed, message, hint: entry["hint"]?.string))
  }

  func keep(
    _ outcome: Result<FFmpegProgram, FFmpegToolFailure>, of path: FilePath,
    _ identity: FileIdentity
  ) {
    var entry: JSONObject = ["identity": .string(identity.text), "at": .int(now)]
    switch outcome {
    case .success(let program): entry["program"] = program.kept
    case .failure(let failure):
      // Whoever was told to stop has learnt nothing.
      if failure.code == .stopped { return }
      entry["failure"] = .string(failure.message)
      entry["hint"] = .string(orNull: failure.hint)
    }
    change { $0[path.text] = .object(entry) }
  }

  /// What a program said to a parameter: an empty text where it took it, else why not; nil where it
  /// was never asked.
  func answer(to parameter: String, of path: FilePath, _ identity: FileIdentity) -> String? {
    entry(path, identity)?["parameters"]?[parameter]?.string
  }

  func keep(answers: [String: String], of path: FilePath, _ identity: FileIdentity) {
    guard var entry = entry(path, identity)?.object else { return }
    var parameters = entry["parameters"]?.object ?? [:]
    for (name, answer) in answers.sorted(by: { $0.key < $1.key }) {
      parameters[name] = .string(answer)
    }
    entry["parameters"] = .object(parameters)
    change { [entry] in $0[path.text] = .object(entry) }
  }

  private var now: Int64 { time.now.microseconds / 1_000_000 }

  private func entry(_ path: FilePath, _ identity: FileIdentity) -> JSONValue? {
    let entry = entries.withLock { $0[path.text] }
    return entry?["identity"]?.string == identity.text ? entry : nil
  }

  private func change(_ body: (inout JSONObject) -> Void) {
    let text = entries.withLock { entries in
      body(&entries)
      return JSONValue.object(["version": .int(Self.version), "programs": .object(entries)])
        .text(.indented)
    }
    guard let file else { return }
    _ = try? Folder.make(file.parent, durability: .relaxed)
    try? AtomicFile.replace(file, with: Array(text.utf8), durability: .relaxed)
  }
}

extension FFmpegProgram {
  /// The program as it is kept.
  fileprivate var kept: JSONValue {
    [
      "version": .string(version), "encoder": .string(orNull: encoderVersion),
      "metrics": .array(metrics.map(\.rawValue).sorted().map(JSONValue.string)),
      "quarters": .bool(takesQuarters),
    ]
  }

  fileprivate init?(path: FilePath, kept value: JSONValue) {
    guard let version = value["version"]?.string, let metrics = value["metrics"]?.array,
      let quarters = value["quarters"]?.bool
    else { return nil }
    self.init(
      path: path, version: version, encoderVersion: value["encoder"]?.string,
      metrics: Set(metrics.compactMap { $0.string.flatMap(QualityMetric.init) }),
      takesQuarters: quarters)
  }
}
