import EmbeddedMetadata
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("Writing metadata into files")
struct WritingTests {
  static let text =
    #"{"prompt":"a fox in snow, Füchse 🦊","seed":42,"model_type":"t2v","resolution":"832x480"}"#
  /// 40,000 signs outside ASCII.
  static let long = "{\"prompt\":\"\(String(repeating: "雪", count: 40_000))\"}"

  @Test(
    "is read back equal, leaves the content as it was, and can be taken out",
    arguments: Samples.names)
  func roundTrip(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    let before = try Samples.decoded(path)
    for text in [Self.text, Self.long, #"{"prompt":"short"}"#] {
      let writing = try EmbeddedMetadata.write(text, to: path)
      #expect(writing.sidecar == nil)
      #expect(writing.place != nil)
      #expect(writing.bytes == (try Samples.bytes(path).count).asInt64)
      let reading = try EmbeddedMetadata.read(path)
      #expect(reading.raw == text)
      #expect(try Samples.decoded(path) == before)
    }
    #expect(try samples.listing() == [name])
    try EmbeddedMetadata.strip(path)
    #expect(throws: MetadataFailure.self) { try EmbeddedMetadata.read(path) }
    #expect(try Samples.bytes(path).contains("short") == false)
    #expect(try Samples.decoded(path) == before)
  }

  @Test(
    "shows to ffprobe",
    arguments: [
      "front.mp4", "back.mp4", "a.mov", "a.m4a", "a.mkv", "a.webm", "a.flac", "vorbis.ogg",
      "opus.ogg", "a.mp3",
    ])
  func probe(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name, ["-metadata", "comment=an old one"])
    try EmbeddedMetadata.write(#"{"prompt":"seen by all"}"#, to: path)
    let tags = try Samples.probed(path)
    #expect(tags.contains("seen by all"))
    #expect(!tags.contains("an old one") || name == "a.mp3")
  }

  @Test("keeps mode and times")
  func attributes() throws {
    let samples = try Samples()
    let path = try samples.make("a.png")
    _ = try CommandRun("touch", ["-d", "2001-02-03T04:05:06.123456789Z", path.text])
    _ = try CommandRun("chmod", ["640", path.text])
    let before = try FileStatus.of(path)
    try EmbeddedMetadata.write(Self.text, to: path)
    let after = try FileStatus.of(path)
    #expect(after.mode == before.mode)
    #expect(after.modifiedNanoseconds == before.modifiedNanoseconds)
  }

  @Test(
    "that fails at any call leaves the file and the folder as they were",
    arguments: ["a.png", "front.mp4", "a.mkv"])
  func failing(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    let before = try Samples.bytes(path)
    let disk = FailingDisk(under: try path.parent.resolved())
    var failed = 0
    for call in 1..<200 {
      do {
        try disk.run(.once(errno: 5), at: call) {
          _ = try EmbeddedMetadata.write(Self.text, to: path)
        }
        break
      } catch let error as FileFailure where error.code == .fileNotDurable {
        continue
      } catch {
        failed += 1
        #expect(try Samples.bytes(path) == before)
      }
      #expect(try samples.listing() == [name])
    }
    #expect(failed > 5)
  }

  @Test("that is stopped leaves the file as it was")
  func stopped() throws {
    let samples = try Samples()
    let path = try samples.make("a.png")
    let before = try Samples.bytes(path)
    let stop = StopFlag()
    stop.stop()
    #expect(throws: StoppedFailure.self) {
      try EmbeddedMetadata.write(Self.text, to: path, stop: stop)
    }
    #expect(try Samples.bytes(path) == before)
  }

  @Test("goes beside formats without a place for it, with a note", arguments: Samples.closed)
  func closed(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    let before = try Samples.bytes(path)
    let writing = try EmbeddedMetadata.write(Self.text, to: path)
    #expect(writing.note != nil)
    #expect(writing.place == nil)
    #expect(writing.sidecar == FilePath(samples.folder("\(name.prefix { $0 != "." }).json")))
    #expect(try EmbeddedMetadata.read(path).place == "sidecar")
    #expect(try Samples.bytes(path) == before)
  }

  @Test("refuses what is no JSON object")
  func notJSON() throws {
    let samples = try Samples()
    let path = try samples.make("a.png")
    for text in ["", "[1]", "{", "prompt"] {
      #expect(throws: MetadataFailure.self) { try EmbeddedMetadata.write(text, to: path) }
    }
  }

  @Test("leaves the picture of a lossless WebP byte for byte")
  func lossless() throws {
    let samples = try Samples()
    let path = try samples.make("lossless.webp")
    let before = try Samples.bytes(path)
    // A simple file: its picture is all that follows the first twelve bytes.
    let picture = before[12...]
    #expect(before[12..<16].elementsEqual("VP8L".utf8))
    for text in [Self.text, Self.long] {
      try EmbeddedMetadata.write(text, to: path)
      let after = try Samples.bytes(path)
      #expect(after[30..<30 + picture.count].elementsEqual(picture))
    }
  }

  @Test("keeps source pictures in films", arguments: ["front.mp4", "a.mkv"])
  func pictures(name: String) throws {
    let samples = try Samples()
    let (path, png) = (try samples.make(name), try samples.make("a.png"))
    let before = try Samples.decoded(path)
    let picture = EmbeddedPicture(
      tag: "image_start", filename: "../../evil.png", bytes: try Samples.bytes(png))
    try EmbeddedMetadata.write(
      Self.text, to: path, options: MetadataWriteOptions(pictures: [picture]))
    let found = try EmbeddedMetadata.pictures(path)
    #expect(found.map(\.bytes) == [picture.bytes])
    #expect(found.map(\.filename) == ["evil.png"])
    #expect(found.map(\.tag) == ["image_start"])
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
    // An attached picture is a stream to ffmpeg; the others are as they were.
    let hashes = { (text: String) in Set(text.split { "=\n".contains($0) }) }
    #expect(
      try hashes(Samples.decoded(path)).isSuperset(of: hashes(before).filter { $0.count == 32 }))
    try EmbeddedMetadata.strip(path)
    #expect(try EmbeddedMetadata.pictures(path).isEmpty)
    #expect(try Samples.decoded(path) == before)
    #expect(throws: MetadataFailure.self) {
      try EmbeddedMetadata.write(
        Self.text, to: png, options: MetadataWriteOptions(pictures: [picture]))
    }
  }

  @Test(
    "reaches a film that is not published yet, however large or old it is",
    arguments: [false, true])
  func staged(isLarge: Bool) throws {
    let samples = try Samples()
    let path = try samples.make("back.mp4")
    if isLarge { try samples.enlarge(path) }
    let target = FilePath(samples.folder("film.mp4"))
    let staged = try StagedFile.create(beside: target)
    try staged.append(Samples.bytes(path))
    try staged.file.setModified(Timestamp(microseconds: 1))
    let writing = try EmbeddedMetadata.write(Self.text, to: staged.path)
    #expect(writing.method == (isLarge ? .patch : .copy))
    try staged.publish(as: target)
    #expect(try EmbeddedMetadata.read(target).raw == Self.text)
    #expect(try samples.listing() == ["back.mp4", "film.mp4"])
  }

  @Test("waits for nobody, and fails where another patch of the same film is going on")
  func busy() throws {
    let samples = try Samples()
    let path = try samples.make("back.mp4")
    try samples.enlarge(path)
    let other = try FileDescriptor.open(path, 0)
    #expect(try other.tryLock())
    let before = try Samples.bytes(path)
    let failure = #expect(throws: FileFailure.self) {
      try EmbeddedMetadata.write(Self.text, to: path)
    }
    #expect(failure?.code == .fileBusy)
    #expect(try Samples.bytes(path) == before)
    try other.unlock()
    #expect(try EmbeddedMetadata.write(Self.text, to: path).method == .patch)
  }

  @Test("copies a large film whose index comes first once, and then patches it; it stays first")
  func first() throws {
    let samples = try Samples()
    let path = try samples.make("front.mp4")
    try samples.enlarge(path)
    let before = try Samples.decoded(path)
    var methods: [MetadataPlan.Method] = []
    var sizes: Set<Int64> = []
    for round in 0..<4 {
      let text = "{\"prompt\":\"round \(round)\"}"
      let writing = try EmbeddedMetadata.write(text, to: path)
      methods.append(writing.method)
      sizes.insert(writing.bytes)
      #expect(try FileStatus.of(path).size == writing.bytes)
      #expect(try EmbeddedMetadata.read(path).raw == text)
      #expect(try OtherPrograms.exiftool(["-b", "-ItemList:Comment"], path) == text)
      #expect(try Samples.decoded(path) == before)
      let bytes = try Samples.bytes(path)
      let place = { (name: String) in
        bytes.indices.first {
          bytes[$0] == UInt8(ascii: "m") && bytes[$0...].starts(with: name.utf8)
        }
      }
      #expect(try #require(place("moov")) < #require(place("mdat")))
      #expect(bytes.lastRange(of: Array("round \(round - 1)".utf8)) == nil)
    }
    #expect(methods == [.copy, .patch, .patch, .patch] && sizes.count == 1)
  }

  @Test("patches a large film in its place, and its plan says so")
  func patched() throws {
    let samples = try Samples()
    let path = try samples.make("back.mp4")
    // A free box of 40 MB of nothing makes it large without making the test slow.
    var bytes = try Samples.bytes(path)
    let moov = try #require(bytes.lastRange(of: Array("moov".utf8)))
    let gap = 40 << 20
    let free =
      [UInt8](gap.bigEndianBytes) + Array("free".utf8) + [UInt8](repeating: 0, count: gap - 8)
    bytes.insert(contentsOf: free, at: moov.lowerBound - 4)
    try samples.folder.write("back.mp4", bytes)
    let before = try (Samples.decoded(path), FileStatus.of(path))
    #expect(try EmbeddedMetadata.plan(path, text: Self.text).method == .patch)
    let writing = try EmbeddedMetadata.write(Self.text, to: path)
    #expect(writing.method == .patch)
    let after = try FileStatus.of(path)
    #expect(after.inode == before.1.inode)
    #expect(after.modifiedNanoseconds == before.1.modifiedNanoseconds)
    #expect(try Samples.decoded(path) == before.0)
    #expect(try EmbeddedMetadata.read(path).raw == Self.text)
    #expect(try Samples.probed(path).contains("a fox"))
  }
}

extension Int {
  fileprivate var asInt64: Int64 { Int64(self) }
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool { lastRange(of: Array(text.utf8)) != nil }
  fileprivate func lastRange(of wanted: [UInt8]) -> Range<Int>? {
    indices.reversed().lazy.compactMap { place in
      place + wanted.count <= count && self[place..<place + wanted.count].elementsEqual(wanted)
        ? place..<place + wanted.count : nil
    }.first
  }
}
