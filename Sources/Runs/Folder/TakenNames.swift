import Foundations

/// The names that a run's folder has, and which one is free for the next file.
///
/// Names count as taken whatever their case and their Unicode form, since a run may be copied to a
/// disk that takes `A.png` and `a.png` for one.
struct TakenNames: Sendable {
  /// Names that are the run's own.
  static let own: Set<String> = ["metadata.json", "input_text.txt", "transformed_text.txt"]

  private var names = NameSet()
  private var stems = NameSet()
  // Where the search for a stem's next number begins, so that the hundredth is found at once.
  private var latest: [String: Int] = [:]

  init(_ names: some Sequence<String>) { for name in names { insert(name) } }

  /// Takes a name.
  mutating func insert(_ name: String) {
    let folded = name.lowercased()
    names.insert(folded)
    stems.insert(Self.stem(of: folded))
  }

  /// Whether a name is taken, or is the run's own.
  func contains(_ name: String) -> Bool {
    let folded = name.lowercased()
    return names.contains(folded) || Self.own.contains(folded)
  }

  /// Takes the first free of `stem.ext`, `stem_2.ext`, …; the number counts whatever the extension.
  mutating func take(_ stem: String, _ fileExtension: String) -> String {
    var number = latest[stem, default: 0] + 1
    while true {
      let numbered = number == 1 ? stem : "\(stem)_\(number)"
      let name = fileExtension.isEmpty ? numbered : "\(numbered).\(fileExtension)"
      if !stems.contains(numbered.lowercased()), !contains(name) {
        latest[stem] = number
        insert(name)
        return name
      }
      number += 1
    }
  }

  private static func stem(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}

/// Names that are added one by one; a copy that gets one more copies few of them.
private struct NameSet: Sendable {
  private static let mostRecent = 256

  private var settled: Set<String> = []
  private var recent: Set<String> = []

  func contains(_ name: String) -> Bool { recent.contains(name) || settled.contains(name) }

  mutating func insert(_ name: String) {
    recent.insert(name)
    guard recent.count > Self.mostRecent else { return }
    settled.formUnion(recent)
    recent = []
  }
}

/// The name of an output's file: `output_image_2.png`.
struct OutputName {
  let type: String
  let number: Int

  /// Reads a name; nil for that of another file.
  init?(_ name: String) {
    guard name.hasPrefix("output_"), let dot = name.lastIndex(of: ".") else { return nil }
    let stem = name.dropFirst(7)[..<dot]
    guard !stem.isEmpty else { return nil }
    if let line = stem.lastIndex(of: "_"), let number = Int(stem[stem.index(after: line)...]),
      number > 1, line > stem.startIndex
    {
      type = String(stem[..<line])
      self.number = number
    } else {
      type = String(stem)
      number = 1
    }
  }
}
