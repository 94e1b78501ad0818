import Compression
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("Unpacking")
struct InflaterTests {
  /// Bytes as Python's own zlib packs them.
  private static func packed(_ script: String) throws -> [UInt8] {
    let run = try CommandRun(
      "/usr/bin/python3",
      [
        "-c",
        "import sys, zlib, gzip, base64\nsys.stdout.write(base64.b64encode(\(script)).decode())",
      ])
    #expect(run.status == 0, "\(run.stderr)")
    return Array(try #require(Data(base64Encoded: run.stdout)))
  }

  private static let text = "b''.join(b'line %d of many\\n' % i for i in range(100000))"
  private static let expected = Array(
    (0..<100_000).map { "line \($0) of many\n" }.joined().utf8)

  @Test("gives back what zlib, gzip and bare deflate packed")
  func wrappings() throws {
    for (script, wrapping) in [
      ("zlib.compress(\(Self.text))", Inflater.Wrapping.zlib),
      ("gzip.compress(\(Self.text))", .gzip),
      ("zlib.compress(\(Self.text))[2:-4]", .raw),
    ] {
      let packed = try Self.packed(script)
      #expect(try Inflater.unpack(packed, wrapping, atMost: 10 << 20) == Self.expected)
      // Byte by byte comes to the same.
      var inflater = try Inflater.make(wrapping, atMost: 10 << 20)
      var bytes: [UInt8] = []
      for piece in packed.indices { try inflater.unpack([packed[piece]]) { bytes += $0 } }
      #expect(inflater.isFinished && bytes == Self.expected)
    }
  }

  @Test("ends a bomb at its limit, and says of damage and of a cut that they are")
  func refusals() throws {
    let packed = try Self.packed("zlib.compress(\(Self.text))")
    func code(_ bytes: [UInt8], _ most: Int64) -> String? {
      do {
        _ = try Inflater.unpack(bytes, .zlib, atMost: most)
        return nil
      } catch { return (error as? CompressionFailure)?.code.name }
    }
    #expect(code(packed, 1_000) == "compression.too_large")
    #expect(code(packed, Int64(Self.expected.count)) == nil)
    #expect(code(Array(packed.dropLast(5)), 10 << 20) == "compression.damaged")
    #expect(code([], 10) == "compression.damaged")
    #expect(code([1, 2, 3, 4], 10) == "compression.damaged")
    var damaged = packed
    damaged[packed.count / 2] ^= 0x55
    #expect(code(damaged, 10 << 20) == "compression.damaged")
  }

  @Test("checksums come to those of Python's zlib, however the bytes are cut")
  func checksums() throws {
    let sum = try Self.packed("zlib.crc32(\(Self.text)).to_bytes(4, 'big')")
    var whole = CRC32()
    whole.update(Self.expected)
    var pieces = CRC32()
    for start in stride(from: 0, to: Self.expected.count, by: 777) {
      pieces.update(Self.expected[start..<min(start + 777, Self.expected.count)])
    }
    #expect(whole.value == sum.reduce(0) { $0 << 8 | UInt32($1) } && pieces.value == whole.value)
  }
}
