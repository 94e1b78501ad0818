import Foundations
import Library
import Model

/// How long the pairs that look alike take to find among many, and those that look like one.
///
/// Two thirds look like nothing else; the others are in groups of two to twenty, each some bits off.
@main
struct NearBenchmark {
  static func main() throws {
    let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 100_000
    let likenesses = crowd(count)
    let clock = SystemTime()
    var start = clock.uptime
    var near = 0
    for index in 0..<20 {
      for likeness in likenesses
      where likeness.distance(to: likenesses[index]) <= Likeness.near { near += 1 }
    }
    print("\(count) likenesses: those like one \((clock.uptime - start) / .milliseconds(20)) ms")
    start = clock.uptime
    var pairs = 0
    try NearPairs.each(of: likenesses, within: Likeness.near) { _, _ in pairs += 1 }
    print("all pairs \((clock.uptime - start) / .seconds(1)) s, \(pairs) found, \(near)")
    let status = try SmallFile.read("/proc/self/status", limit: 1 << 20)
    for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("VmHWM") { print(line) }
  }

  private static func crowd(_ count: Int) -> [Likeness] {
    var random = SeededGenerator(seed: 1)
    var crowd: [Likeness] = []
    crowd.reserveCapacity(count)
    while crowd.count < count / 3 {
      let first = Likeness(bits: random.next(), inner: random.next())
      for _ in 0..<Int.random(in: 2...20, using: &random) {
        crowd.append(
          Likeness(bits: changed(first.bits, &random), inner: changed(first.inner, &random)))
      }
    }
    while crowd.count < count {
      crowd.append(Likeness(bits: random.next(), inner: random.next()))
    }
    return crowd
  }

  private static func changed(_ half: UInt64, _ random: inout SeededGenerator) -> UInt64 {
    var half = half
    for _ in 0..<Int.random(in: 0...8, using: &random) { half ^= 1 << (random.next() % 64) }
    return half
  }
}
