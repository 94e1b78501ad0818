import EmbeddedMetadata
import Foundation
import Foundations
import Glibc
import TestSupport
import Testing

@Suite("Metadata writes that are killed")
struct KilledWriteTests {
  static let old = #"{"prompt":"the old text"}"#
  static let new = "{\"prompt\":\"\(String(repeating: "the new text", count: 100))\"}"

  @Test(
    "before any of their calls leave a whole film with the old text or the new one",
    .timeLimit(.minutes(15)),
    arguments: ["copied front.mp4", "grown back.mp4", "spaced front.mp4"])
  func atEachCall(way: String) async throws {
    let samples = try Samples()
    let path = try samples.make(String(way.drop { $0 != " " }.dropFirst()))
    if !way.hasPrefix("copied") { try samples.enlarge(path) }
    try EmbeddedMetadata.write(Self.old, to: path)
    let pixels = try Samples.decoded(path)
    let start = try Samples.bytes(path)
    let disk = FailingDisk(under: try path.parent.resolved())
    let method = try disk.run { try EmbeddedMetadata.write(Self.new, to: path).method }
    #expect(method == (way.hasPrefix("copied") ? .copy : .patch))
    let calls = disk.calls.count
    var texts: Set<String> = []
    for call in 1...calls {
      try samples.folder.write(path.name, start)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [text = path.text as String, call = call as Int] in
        let path = FilePath(text)
        try FailingDisk(under: path.parent.resolved()).run(.kill, at: call) {
          _ = try EmbeddedMetadata.write(KilledWriteTests.new, to: path)
        }
      }
      texts.insert(try EmbeddedMetadata.read(path).raw)
      #expect(try Samples.decoded(path) == pixels, "killed before call \(call)")
    }
    #expect(texts == [Self.old, Self.new])
  }

  @Test(
    "at any of fifty instants leave whole files, and are swept up by the next",
    .timeLimit(.minutes(15)))
  func atAnyInstant() async throws {
    let samples = try Samples()
    let names = ["a.avif", "a.jpg", "a.mkv", "a.mp3", "front.mp4"]
    for name in names { try EmbeddedMetadata.write(Self.old, to: samples.make(name)) }
    let decoded = { try names.map { try Samples.decoded(FilePath(samples.folder($0))) } }
    let before = try decoded()
    var random = Seeded()
    print("kills: SEED=\(random.seed)")
    var left = 0
    for round in 0..<50 {
      let microseconds = Int.random(in: 0...20_000, using: &random)
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [folder = samples.folder.path as String, microseconds = microseconds as Int] in
        try writeUntilKilled(in: FilePath(folder), after: .microseconds(microseconds))
      }
      for name in names {
        let text = try EmbeddedMetadata.read(FilePath(samples.folder(name))).raw
        #expect([Self.old, Self.new].contains(text))
      }
      if round % 10 == 9 { #expect(try decoded() == before) }
      let others = try samples.listing().filter { !names.contains($0) }
      left += others.count
      // Old enough to be swept.
      for name in others {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSince1970: 1e9)],
          ofItemAtPath: samples.folder(name))
      }
      try EmbeddedMetadata.write(Self.old, to: FilePath(samples.folder("a.jpg")))
      #expect(try samples.listing() == names)
    }
    // Otherwise all of them died too early or too late to show anything.
    #expect(left > 0)
  }
}

/// Writes over and over, until the process kills itself.
private func writeUntilKilled(in folder: FilePath, after time: Duration) throws {
  let never = Monitor(0)
  try OwnThread.start(named: "writer") {
    for round in 0... {
      for name in ["a.avif", "a.jpg", "a.mkv", "a.mp3", "front.mp4"] {
        do {
          let text = round.isMultiple(of: 2) ? KilledWriteTests.new : KilledWriteTests.old
          try EmbeddedMetadata.write(text, to: folder.appending(name))
        } catch {
          fatalError("\(error)")
        }
      }
    }
  }
  // The deadline is the moment of death: nothing ever comes.
  let nothing: Void? = never.wait(atMost: time) { _ in nil }
  #expect(nothing == nil)
  kill(getpid(), SIGKILL)
}
