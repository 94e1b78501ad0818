/// Where randomness comes from: the system, or a seed.
///
/// Passed to everything that makes ids, names or jitter, so that a test can repeat what it saw.
/// Unlike a `RandomNumberGenerator` it may be shared by many tasks.
package protocol RandomSource: Sendable {
  /// Sixty-four fresh random bits.
  func next() -> UInt64
}

extension RandomSource {
  /// A generator for the standard library's `random(in:using:)` and `shuffled(using:)`.
  package var generator: RandomSourceGenerator { RandomSourceGenerator(source: self) }

  /// A short random name of lower-case letters and digits, for temporary files.
  ///
  /// Twelve of them carry 60 bits: two of a million such names meet once in two million tries.
  package func name(length: Int = 12) -> String {
    // 32 signs, so that five bits choose one evenly; without i, l, o and u, which misread easily.
    let signs = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    var name: [UInt8] = []
    var bits: UInt64 = 0
    var left = 0
    for _ in 0..<max(0, length) {
      if left < 5 { (bits, left) = (next(), 64) }
      name.append(signs[Int(bits & 31)])
      bits >>= 5
      left -= 5
    }
    return String(decoding: name, as: UTF8.self)
  }
}

/// A random source in the standard library's form.
package struct RandomSourceGenerator: RandomNumberGenerator {
  let source: any RandomSource

  package mutating func next() -> UInt64 { source.next() }
}

/// The system's own randomness, fit for secrets.
package struct SystemRandom: RandomSource {
  /// The generator of this machine's kernel.
  package init() {}

  package func next() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }
}
