import EmbeddedMetadata
import Foundations
import TestSupport
import Testing

@Suite("Damaged and hostile files")
struct DamageTests {
  @Test("never crash, hang or lose the file", .timeLimit(.minutes(5)))
  func mutations() throws {
    let samples = try Samples()
    let text = #"{"prompt":"a fox","seed":1}"#
    var files: [[UInt8]] = []
    for name in Samples.names {
      let path = try samples.make(name)
      files.append(try Samples.bytes(path))
      try EmbeddedMetadata.write(text, to: path)
      files.append(try Samples.bytes(path))
    }
    let folder = try TemporaryFolder()
    var random = Seeded()
    print("mutations: SEED=\(random.seed)")
    var (read, refused) = (0, 0)
    for round in 0..<3_000 {
      let (_, bytes) = Mutation.damaged(files, using: &random)
      let path = FilePath(try folder.write("x", bytes))
      do {
        _ = try EmbeddedMetadata.read(path)
        read += 1
      } catch is MetadataFailure {
        refused += 1
      }
      _ = try? EmbeddedMetadata.pictures(path)
      guard round % 3 == 0 else { continue }
      do {
        let writing = try EmbeddedMetadata.write(text, to: path)
        if writing.place != nil { #expect(try EmbeddedMetadata.read(path).raw == text) }
        // The next file is not to be read by it.
        if writing.sidecar != nil { try EmbeddedMetadata.strip(path, sidecar: true) }
      } catch is MetadataFailure {
        #expect(try Samples.bytes(path) == bytes)
      }
      _ = try? EmbeddedMetadata.strip(path)
    }
    #expect(read > 100 && refused > 100)
  }

  @Test("that are cut short are refused, and left as they are", arguments: Samples.names)
  func cut(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    let whole = try Samples.bytes(path)
    for count in [0, 1, 8, 12, 20, whole.count / 3] {
      let bytes = Array(whole.prefix(count))
      try samples.folder.write(name, bytes)
      #expect(throws: MetadataFailure.self) { try EmbeddedMetadata.read(path) }
      let written = try? EmbeddedMetadata.write("{}", to: path)
      if written == nil { #expect(try Samples.bytes(path) == bytes) }
    }
  }

  @Test(
    "with a C2PA signature are left whole, and get a sidecar",
    arguments: [
      "a.png", "a.jpg", "lossless.webp", "front.mp4",
    ])
  func signed(name: String) throws {
    let samples = try Samples()
    let path = try samples.make(name)
    var bytes = try Samples.bytes(path)
    switch name {
    case "a.png": bytes.insert(contentsOf: PNG.chunk("caBX", [1, 2, 3]), at: 33)
    case "a.jpg":
      bytes.insert(contentsOf: [0xFF, 0xEB, 0, 12] + Array("JP..jumbc2pa".utf8.prefix(6)), at: 2)
      bytes.replaceSubrange(2..<12, with: [0xFF, 0xEB, 0, 14] + Array("JP\0\u{1}\0\0".utf8))
      bytes.insert(contentsOf: Array("\0\u{1}c2pa".utf8), at: 12)
    case "front.mp4":
      let uuid: [UInt8] = [
        0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4,
        0x81,
      ]
      bytes += [0, 0, 0, 24] + Array("uuid".utf8) + uuid
    default:
      bytes += Array("C2PA".utf8) + [4, 0, 0, 0, 1, 2, 3, 4]
      let size = bytes.count - 8
      for index in 0..<4 { bytes[4 + index] = UInt8(truncatingIfNeeded: size >> (index * 8)) }
    }
    try samples.folder.write(name, bytes)
    let writing = try EmbeddedMetadata.write(#"{"prompt":"x"}"#, to: path)
    #expect(writing.note?.contains("C2PA") == true)
    #expect(writing.sidecar != nil)
    #expect(try Samples.bytes(path) == bytes)
    #expect(try EmbeddedMetadata.read(path).record.prompt == "x")
  }
}

/// Chunks for samples; their checksum is not looked at by anybody here.
enum PNG {
  static func chunk(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: content.count >> $0) }
    return length + Array(type.utf8) + content + [0, 0, 0, 0]
  }

  /// A PNG with more chunks behind its header.
  static func with(_ chunks: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    Array(bytes[..<33]) + chunks + Array(bytes[33...])
  }
}
