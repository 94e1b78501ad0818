import Foundation
import TestSupport
import Testing

@Suite("An encode that is told to end", .timeLimit(.minutes(5)))
struct EncodeSignalTests {
  private let trial: EncodeTrial

  init() throws { trial = try EncodeTrial() }

  /// Starts a command, sends it signals once its first piece is encoded, and tells its status and how
  /// many seconds it took to end.
  private static let script = """
    import signal, subprocess, sys, time
    signals = [getattr(signal, "SIG" + name) for name in sys.argv[1].split("+")]
    run = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for line in run.stdout:
        if '"stage":"encoding"' in line: break
    start = time.monotonic()
    for number in signals: run.send_signal(number)
    run.stdout.read()
    print(run.wait(), time.monotonic() - start < 30)
    """

  @Test(
    "leaves no child and no half film, tells by its status why, and goes on the next time",
    arguments: [("INT", 130), ("TERM", 143), ("INT+INT", 130), ("HUP", 129)])
  func signals(names: String, status: Int) throws {
    let source = try trial.shots()
    let before = try trial.identity(source)
    // An encoder that does not hear polite requests, in the midst of its work.
    let encoder = try FaultyEncoder(
      "if [ $kind = encode ] && first; then trap '' TERM INT HUP; sleep 600; fi", in: trial.folder)
    let out = trial.folder("out.mkv")
    var environment = trial.variables().merging(encoder.environment) { $1 }
    environment["MEDIARY_TOOL_PATIENCE"] = "60s"
    let run = try CommandRun(
      "/usr/bin/python3",
      ["-c", Self.script, names, BuiltProducts.mediary] + trial.words([source, out]),
      environment: environment)
    #expect(run.stdout == "\(status) True\n", "\(run.stdout) \(run.stderr)")
    #expect(try !encoder.isRunning())
    #expect(try !trial.names().contains { $0.hasSuffix("out.mkv") })
    #expect(try trial.identity(source) == before)
    _ = try trial.report(trial.encode([source, out]))
    let calm = trial.folder("calm.mkv")
    _ = try trial.report(trial.encode([source, calm], cache: trial.folder("calm")))
    #expect(try trial.content(out) == trial.content(calm))
  }
}
