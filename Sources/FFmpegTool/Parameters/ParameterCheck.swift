package import Foundations

/// Tells whether a program's encoder knows parameters, by trying them on tiny pictures.
///
/// The encoder's own word counts and not ffmpeg's, which passes over what the encoder refuses. Each
/// parameter with its value is tried once for each program. For a thread of its caller's own.
package struct ParameterCheck: Sendable {
  private let program: FFmpegProgram
  private let memory: ToolMemory
  private let run: ToolRun

  /// A check against a program; an encoder that takes longer than `patience` over three pictures of
  /// 64 pixels hangs.
  package init(
    _ program: FFmpegProgram, memory: ToolMemory, by processes: ChildProcesses,
    patience: Duration = .seconds(30)
  ) {
    self.program = program
    self.memory = memory
    run = ToolRun(processes: processes, deadline: patience)
  }

  /// Throws `tool.unknown_parameter`, naming it, where the settings hold what the encoder does not
  /// know or does not take.
  package func require(_ settings: AV1Settings) throws(FFmpegToolFailure) {
    try settings.requireFit(for: program)
    let parameters =
      settings.parameters + [
        AV1Settings.Parameter("crf", settings.crfText),
        AV1Settings.Parameter("keyint", settings.keyIntervalText),
      ]
    guard let identity = FileIdentity(program.path) else {
      throw FFmpegToolFailure(
        .toolMissing, "\(program.path) is gone", hint: FFmpegSearch.installing)
    }
    let unknown = parameters.filter {
      memory.answer(to: $0.text, of: program.path, identity) == nil
    }
    // Nearly always all are good, and one try tells it; else each is tried by itself.
    if !unknown.isEmpty, try refusal(of: unknown) == nil {
      keep(unknown.map { ($0, "") }, identity)
    }
    for parameter in parameters { try require(parameter, identity) }
  }

  private func require(
    _ parameter: AV1Settings.Parameter, _ identity: FileIdentity
  ) throws(FFmpegToolFailure) {
    let answer: String
    if let known = memory.answer(to: parameter.text, of: program.path, identity) {
      answer = known
    } else {
      answer = try refusal(of: [parameter]) ?? ""
      keep([(parameter, answer)], identity)
    }
    guard !answer.isEmpty else { return }
    let encoder = "SVT-AV1 \(program.encoderVersion ?? "")"
    let known = EncoderParameters.known(to: program)
    // The parser's own words say no more than the name does.
    let why = answer.hasPrefix(Self.unparsed) ? "" : ": \(answer)"
    let near = NearMiss.best(for: parameter.key, among: known)
    throw FFmpegToolFailure(
      .toolUnknownParameter,
      known.contains(parameter.key)
        ? "\(encoder) does not take \(parameter.text)\(why)"
        : "\(encoder) has no parameter \(parameter.key)\(why)",
      hint: near.flatMap { $0 == parameter.key ? nil : "did you mean \($0)?" })
  }

  private func keep(_ answers: [(AV1Settings.Parameter, String)], _ identity: FileIdentity) {
    memory.keep(
      answers: Dictionary(answers.map { ($0.text, $1) }) { $1 }, of: program.path, identity)
  }

  private static let unparsed = "Error parsing option"

  /// What the encoder says against parameters; nil where it takes them.
  private func refusal(
    of parameters: [AV1Settings.Parameter]
  ) throws(FFmpegToolFailure) -> String? {
    let result: ChildResult
    do throws(ProcessFailure) {
      result = try TinyEncode(program.path, run).encode(parameters.map { ($0.key, $0.value) })
    } catch {
      throw FFmpegToolFailure(notStarted: error)
    }
    if result.stopped == .deadline { return "the encoder hangs on it" }
    let lines = result.errors.text.split(separator: "\n").filter { !$0.contains(Self.harmless) }
    if let line = lines.first(where: Self.isRefusal) { return Self.words(of: line) }
    if result.isSuccess { return nil }
    let line = lines.first { $0.hasPrefix("Svt[error]") } ?? lines.last
    return line.map(Self.words) ?? "the encoder \(result.ending)"
  }

  // What version 4 calls an error on any machine where it may not raise its own threads, and goes on.
  private static let harmless = "Failed to set thread priority"

  /// Whether a line says that a parameter was not understood, even if the encode went on without.
  ///
  /// Version 1 says "Invalid" as a warning and takes a value of its own.
  private static func isRefusal(_ line: Substring) -> Bool {
    line.contains(unparsed) || line.hasPrefix("Svt[") && line.contains(": Invalid")
  }

  /// A line of the encoder without what names its speaker: "[libsvtav1 @ 0x55…]", "Svt[error]:".
  private static func words(of line: Substring) -> String {
    var words = line
    for mark in ["] ", "Svt[error]: ", "Svt[warn]: ", "Instance 1: "] {
      if let end = words.firstRange(of: mark)?.upperBound { words = words[end...] }
    }
    return String(words)
  }
}

extension AV1Settings.Parameter {
  /// As it is told: "tune=0".
  package var text: String { "\(key)=\(value)" }
}
