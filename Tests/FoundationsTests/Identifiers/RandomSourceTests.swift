import Foundations
import Testing

@Suite("Randomness")
struct RandomSourceTests {
  @Test("a seed always gives the same numbers, on every machine")
  func seeded() {
    // The first numbers of SplitMix64 from the seed 1234567, as published with the algorithm.
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    let source = RepeatableRandom(seed: 1_234_567)
    #expect(source.next() == 6_457_827_717_110_365_317)
  }

  @Test("the system's numbers do not repeat")
  func system() {
    let source = SystemRandom()
    #expect(Set((0..<1_000).map { _ in source.next() }).count == 1_000)
  }

  @Test("names are short, plain, as long as asked, and differ")
  func names() {
    let source = SystemRandom()
    let names = (0..<1_000).map { _ in source.name() }
    let signs = Set("0123456789abcdefghjkmnpqrstvwxyz")
    #expect(names.allSatisfy { $0.count == 12 && $0.allSatisfy(signs.contains) })
    #expect(Set(names).count == 1_000)
    #expect(source.name(length: 40).count == 40)
    #expect(source.name(length: 0).isEmpty)
    #expect(Set(source.name(length: 4_000)) == signs)
  }

  @Test("a source serves the standard library")
  func standardLibrary() {
    var first = RepeatableRandom(seed: 5).generator
    var second = RepeatableRandom(seed: 5).generator
    #expect((1...20).shuffled(using: &first) == (1...20).shuffled(using: &second))
  }
}
