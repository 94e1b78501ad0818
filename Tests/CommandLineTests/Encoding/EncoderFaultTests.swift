import Foundation
import TestSupport
import Testing

@Suite("An encoder that is at fault", .timeLimit(.minutes(5)))
struct EncoderFaultTests {
  private let trial: EncodeTrial

  init() throws { trial = try EncodeTrial() }

  /// What it does to a piece.
  enum Fault: String, CaseIterable {
    case crashes = "head -c 9000 >/dev/null; kill -SEGV $$"
    case hangs = "exec sleep 600"
    case writesNonsense = "cat >/dev/null; echo nonsense > \"$out\"; exit 0"
    case writesHalf = "\"$real\" \"$@\"; truncate -s 500 \"$out\"; exit 0"
    case refuses = "cat >/dev/null; echo 'no, thank you' >&2; exit 9"

    /// What is told of it.
    var code: String {
      switch self {
      case .crashes, .refuses: "tool.failed"
      case .hangs: "tool.hung"
      case .writesNonsense, .writesHalf: "tool.nonsense"
      }
    }
  }

  private func retries(_ run: CommandRun) throws -> [String] {
    try run.jsonLines().filter { $0["event"] as? String == "segment_retried" }
      .compactMap { $0["reason"] as? String }
  }

  @Test("once makes the piece at the second attempt, and the same film", arguments: Fault.allCases)
  func once(fault: Fault) throws {
    let source = try trial.shots()
    let encoder = try FaultyEncoder(
      "if [ $kind = encode ] && first; then \(fault.rawValue); fi", in: trial.folder)
    let out = trial.folder("out.mkv")
    let run = try trial.encode([source, out], environment: encoder.environment)
    _ = try trial.report(run)
    let reasons = try retries(run)
    #expect(reasons.count == 1 && reasons[0].contains(fault.code), "\(reasons)")
    let calm = trial.folder("calm.mkv")
    _ = try trial.report(trial.encode([source, calm], cache: trial.folder("calm")))
    #expect(try trial.content(out) == trial.content(calm))
    #expect(try !encoder.isRunning())
  }

  @Test("always ends the encode with what it did, and leaves nothing", arguments: Fault.allCases)
  func always(fault: Fault) throws {
    let source = try trial.film(
      "in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "10"])
    let encoder = try FaultyEncoder(
      "[ $kind = encode ] && { \(fault.rawValue); }", in: trial.folder)
    let out = trial.folder("out.mkv")
    let before = try trial.names()
    let run = try trial.encode([source, out], environment: encoder.environment)
    try trial.refused(run, 70, "encoding.poison_segment", hint: "frames", output: out)
    #expect(run.stderr.contains(fault.code), "\(run.stderr)")
    #expect(try trial.names().subtracting(before).subtracting(["cache"]).isEmpty)
    #expect(try !encoder.isRunning())
  }

  @Test("at one segment fails the film clearly, and keeps the others")
  func poison() throws {
    let source = try trial.shots()
    // The third shot is known by a dark sample in its first line.
    let fault = """
      if [ $kind = encode ]; then
        dd of="$0.$$" bs=9216 count=1 iflag=fullblock 2>/dev/null
        if [ $(od -An -tu1 -j81 -N1 "$0.$$") -lt 1 ]; then rm "$0.$$"; kill -SEGV $$; fi
        cat "$0.$$" - | "$real" "$@"; status=$?; rm "$0.$$"; exit $status
      fi
      """
    let encoder = try FaultyEncoder(fault, in: trial.folder)
    let out = trial.folder("out.mkv")
    let run = try trial.encode([source, out], environment: encoder.environment)
    try trial.refused(run, 70, "encoding.poison_segment", hint: "--standard", output: out)
    #expect(run.stderr.contains("segment 2 (frames 60 to 89)"), "\(run.stderr)")
    let done = try run.jsonLines().filter { $0["event"] as? String == "segment_complete" }
    #expect(done.count == 2)
    // By the real one the rest alone is made: all of it lies in the same store.
    let pieces = try pieceNames()
    _ = try trial.report(trial.encode([source, out]))
    #expect(try pieceNames().isSuperset(of: pieces) && pieceNames().count == 3 && pieces.count == 2)
  }

  private func pieceNames() throws -> Set<String> {
    try trial.names(in: trial.folder("cache/mediary/segments")).filter { $0.hasSuffix(".ivf") }
  }

  @Test("in its measure alone leaves a film that was not measured, and says so")
  func measure() throws {
    let source = try trial.film(
      "in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "24"])
    let faults = [
      "cat >/dev/null; exit 0", "kill -SEGV $$",
      "cat >/dev/null; for f in $(echo \"$*\" | tr ':=' '\\n\\n' | grep json); do echo '{\"frames\":[]}' > $f; done; exit 0",
    ]
    for (index, fault) in faults.enumerated() {
      let encoder = try FaultyEncoder("[ $kind = measure ] && { \(fault); }", in: trial.folder)
      let run = try trial.encode(
        [source, trial.folder("\(index).mkv"), "--target-vmaf", "80"],
        cache: trial.folder("cache \(index)"), environment: encoder.environment)
      let report = try trial.report(run)
      #expect(report["vmaf"] is NSNull, "\(report)")
      #expect(try trial.warnings(run).contains { $0.contains("fixed CRF") })
    }
  }

  @Test("that is missing is told with how to get it, and so is what it lacks")
  func missing() throws {
    let source = try trial.film(
      "in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "10"])
    // Far from the tree the program finds no tools of its own.
    let alone = trial.folder("alone")
    try FileManager.default.copyItem(atPath: BuiltProducts.mediary, toPath: alone)
    let out = trial.folder("out.mkv")
    let none = try CommandRun(
      alone, trial.words([source, out]),
      environment: trial.variables().merging(["PATH": "/nowhere"]) { $1 })
    try trial.refused(none, 75, "tool.missing", hint: "ensure-ffmpeg", output: out)
    let stump = try FaultyEncoder("", in: trial.folder)
    try Data(
      """
      #!/bin/sh
      case "$*" in -version) echo "ffmpeg version 7.7 Copyright" ;; *-encoders*) echo " V..... libx264 x" ;; *-filters*) echo " .. scale V->V x" ;; *) exit 1 ;; esac
      """.utf8
    ).write(to: URL(filePath: stump.path))
    let without = try CommandRun(
      alone, trial.words([source, out]),
      environment: trial.variables().merging(["PATH": "/nowhere", "MEDIARY_FFMPEG": stump.path]) {
        $1
      })
    try trial.refused(without, 75, "tool.missing", hint: "SVT-AV1", output: out)
    // Debian's own encodes, and measures nothing.
    let debian = ["MEDIARY_FFMPEG": "/usr/bin/ffmpeg"]
    let target = try trial.encode([source, out, "--target-vmaf", "90"], environment: debian)
    try trial.refused(target, 64, "encoding.bad_setting", hint: "--crf", output: out)
    let fixed = try CommandRun.mediary(
      ["encode", source, out, "--preset", "13", "--json"],
      environment: trial.variables().merging(debian) { $1 })
    #expect(try trial.warnings(fixed).contains { $0.contains("cannot measure") })
  }
}
