import Media
import Pictures
import Sight
import TestSupport
import Testing

@Suite("likeness", .timeLimit(.minutes(10)))
struct LikenessTests {
  private func picture(
    _ seed: UInt64, _ width: Int = 320, _ height: Int = 240, quality: Int = 90,
    cut: SyntheticScene.Cut = .init()
  ) throws -> LikenessBits? {
    let bytes = SyntheticScene(seed: seed).bytes(width: width, height: height, cut: cut)
    let file = try JPEGEncoder.encode(
      bytes.span.bytes, width: width, height: height, stride: width, pixels: .gray,
      quality: quality)
    return try Sight.likeness(of: .memory(file, name: "picture.jpg"))
  }

  @Test("pictures coded again, resized and cut are found, and few others with them")
  func pictures() throws {
    let count: UInt64 = 24
    let originals = try (0..<count).map { try #require(try picture($0)) }
    var found = 0
    for seed in 0..<count {
      let altered = [
        try picture(seed, quality: 30),
        try picture(seed, 160, 120, quality: 60),
        try picture(seed, cut: .init(left: 0.03, bottom: 0.03)),
        try picture(seed, 240, 180, cut: .init(left: 0.04, right: 0.04, top: 0.04, bottom: 0.04)),
      ]
      found += altered.count { $0.map { $0.distance(to: originals[Int(seed)]) <= 12 } ?? false }
    }
    #expect(Double(found) / Double(4 * count) >= 0.95)
    var wrong = 0
    for left in originals.indices {
      for right in originals[(left + 1)...] where originals[left].distance(to: right) <= 12 {
        wrong += 1
      }
    }
    #expect(wrong == 0)
  }

  @Test("clips coded again at another size and rate are found, and others not with them")
  func clips() throws {
    var looks: [LikenessBits] = []
    for seed: UInt64 in 0..<4 {
      let scene = SyntheticScene(seed: seed)
      let original = try scene.film(width: 160, height: 120, seconds: 2)
      let altered = try scene.film(
        width: 96, height: 72, seconds: 2, framesPerSecond: 9,
        cut: .init(left: 0.02, right: 0.02), crf: 33)
      let one = try #require(try Sight.likeness(of: .memory(original, name: "a.mkv")))
      let other = try #require(try Sight.likeness(of: .memory(altered, name: "b.mkv")))
      #expect(one.distance(to: other) <= 12)
      looks.append(one)
    }
    for left in looks.indices {
      for right in looks[(left + 1)...] { #expect(looks[left].distance(to: right) > 12) }
    }
  }

  @Test("an even picture looks like nothing")
  func even() throws {
    let gray = [UInt8](repeating: 90, count: 64 * 64)
    #expect(LikenessBits(of: GrayPicture(side: 64, bytes: gray)) == nil)
  }

  @Test("sound looks like nothing")
  func sound() throws {
    let header: [UInt8] =
      Array("RIFF".utf8) + [0x24, 0x10, 0, 0] + Array("WAVEfmt ".utf8)
      + [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x80, 0x3E, 0, 0, 2, 0, 16, 0]
      + Array("data".utf8) + [0, 0x10, 0, 0]
    let wav = header + [UInt8](repeating: 0, count: 4_096)
    #expect(try Sight.likeness(of: .memory(wav, name: "a.wav")) == nil)
  }
}
