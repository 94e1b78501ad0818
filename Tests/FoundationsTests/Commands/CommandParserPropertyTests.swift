import Foundations
import TestSupport
import Testing

@Suite("Reading command lines: properties")
struct CommandParserPropertyTests {
  /// An option of `encode` with values that it takes, as they are typed.
  static let valued: [(name: String, short: Character?, texts: [String], repeats: Bool)] = [
    ("jobs", "j", ["1", "64", "7"], false), ("timeout", nil, ["90", "1h30m", "0.5s"], false),
    ("max-size", nil, ["10MB", "0", "1.5GiB"], false), ("crf", nil, ["30", "1,63"], false),
    ("svt", nil, ["a=b", "tune=0", "x=", "k=v=w"], true),
    ("profile", nil, ["grain", "clean"], false), ("home", nil, ["/a b", "-", "日本"], false),
  ]
  static let flags: [(name: String, short: Character?)] = [
    ("overwrite", "f"), ("json", nil), ("quiet", "q"), ("hw-decode", nil),
  ]

  @Test("However a command line is written, the same is read")
  func roundTrip() throws {
    var random = Seeded()
    for _ in 0..<400 {
      var groups: [[String]] = []
      var expected: [String: [String]] = [:]
      var letters = ""
      for flag in Self.flags where Bool.random(using: &random) {
        expected[flag.name] = ["true"]
        if let short = flag.short, Bool.random(using: &random) {
          letters.append(short)
        } else {
          groups.append(["--\(flag.name)"])
        }
      }
      for option in Self.valued where Bool.random(using: &random) {
        for _ in 0..<(option.repeats ? Int.random(in: 1...3, using: &random) : 1) {
          let text = try #require(option.texts.randomElement(using: &random))
          expected[option.name, default: []].append(text)
          groups.append(Self.typed(option.name, option.short, text, &random))
        }
      }
      if !letters.isEmpty { groups.append(["-\(letters)"]) }
      // The order of a repeated option's values counts, so its groups keep theirs.
      let words = Self.shuffled(groups, with: ["encode", "in.mkv", "out.mkv"], &random)
      let parsing = Sample.program.parse(words.map { ArgumentWord($0) })
      guard case .success(.run(let parsed)) = parsing.outcome else {
        Issue.record("\(words) SEED=\(random.seed)")
        return
      }
      let found = Dictionary(grouping: parsed.given, by: \.name).mapValues { $0.map(\.text) }
      #expect(found == expected, "\(words) SEED=\(random.seed)")
      #expect(parsed[Sample.inputUnlessHistory] == "in.mkv", "SEED=\(random.seed)")
      #expect(parsed[Sample.outputUnlessHistory] == "out.mkv", "SEED=\(random.seed)")
      guard found == expected else { return }
    }
  }

  private static func typed(
    _ name: String, _ short: Character?, _ text: String, _ random: inout Seeded
  ) -> [String] {
    switch Int.random(in: 0...(short == nil ? 1 : 4), using: &random) {
    case 0: ["--\(name)", text]
    case 1: ["--\(name)=\(text)"]
    case 2: short.map { ["-\($0)", text] } ?? []
    case 3: short.map { ["-\($0)\(text)"] } ?? []
    default: short.map { ["-\($0)=\(text)"] } ?? []
    }
  }

  /// Puts the groups between the words, each at a random place after the first.
  ///
  /// That is the command's name, which its options follow.
  private static func shuffled(
    _ groups: [[String]], with words: [String], _ random: inout Seeded
  ) -> [String] {
    var lists = words.map { [$0] }
    var least = 1
    for group in groups {
      let isRepeated = group[0].hasPrefix("--svt")
      let place = Int.random(in: (isRepeated ? least : 1)...lists.count, using: &random)
      lists.insert(group, at: place)
      if isRepeated { least = place + 1 } else if place < least { least += 1 }
    }
    return lists.flatMap { $0 }
  }

  @Test("Whatever is typed, it is read or refused with a code of usage")
  func nonsense() {
    var random = Seeded()
    let pieces: [String] = [
      "-", "--", "=", "probe", "encode", "write", "video", "config", "help", "--json", "-j", "-f",
      "--crf", "--kinds", "worker", "a", "é", "\u{1B}", " ", "9", ".", "no-", "--no-hw-decode", ",",
    ]
    for _ in 0..<1_000 {
      let words = (0..<Int.random(in: 0...7, using: &random)).map { _ in
        (0..<Int.random(in: 0...3, using: &random))
          .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
      let parsing = Sample.program.parse(words.map { ArgumentWord($0) })
      if case .failure(let failure) = parsing.outcome {
        #expect(failure.kind == .usage, "\(words) SEED=\(random.seed)")
        #expect(failure.hint?.isEmpty == false, "\(words) SEED=\(random.seed)")
        #expect(!failure.message.isEmpty, "\(words) SEED=\(random.seed)")
      }
    }
  }
}
