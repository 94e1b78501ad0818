import Foundation
import Foundations
import Sniffing
import TestSupport
import Testing

@Suite("Files that other programs wrote", .timeLimit(.minutes(5)))
struct RealFileTests {
  @Test("are told by their bytes", arguments: SampleFiles.all)
  func told(sample: SampleFiles.Sample) throws {
    #expect(ContentType.of(sample.bytes, size: sample.size) == sample.type, "\(sample.name)")
  }

  @Test("are told without their size, but for what only arithmetic tells")
  func sizeUnknown() {
    for sample in SampleFiles.all where sample.name != "cube.stl" {
      #expect(ContentType.of(sample.bytes) == sample.type, "\(sample.name)")
    }
  }

  @Test("cut anywhere, are never taken for another kind of thing")
  func cut() {
    for sample in SampleFiles.all {
      for count in Array(0..<min(600, sample.bytes.count)) {
        let type = ContentType.of(Array(sample.bytes.prefix(count)))
        let isFair =
          type.kind == sample.type.kind || [.data, .text, .code].contains(type.kind)
          // A box of boxes names its sound only in its brand.
          || sample.type == .m4a && type == .mp4
        #expect(isFair, "\(sample.name) cut at \(count) is \(type)")
      }
    }
  }

  @Test("every type but the unknown is among them")
  func complete() {
    let missing = Set(ContentType.allCases).subtracting(SampleFiles.all.map(\.type))
    #expect(missing == [.unknown])
  }

  @Test("damaged at random, are told something, and nothing breaks")
  func fuzz() throws {
    let heads = SampleFiles.all.map(\.bytes)
    try property("damaged heads", times: 20_000) { random in
      let bytes = Mutation.damaged(heads, using: &random).bytes
      let size = Bool.random(using: &random) ? Int64(bytes.count) : nil
      let type = ContentType.of(bytes, size: size)
      #expect(!type.fileExtension.isEmpty && type.mimeType.contains("/"))
    }
  }

  @Test("noise is nothing, nearly always")
  func noise() throws {
    var told = 0
    try property("noise", times: 5_000) { random in
      let bytes = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &random) }
      if ContentType.of(bytes, size: 2_000) != .unknown { told += 1 }
    }
    #expect(told < 5)
  }
}
