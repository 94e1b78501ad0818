import CFFmpeg

/// The texts a file or stream carries about itself, in the file's order.
package struct Tags: Sendable, Hashable {
  /// One text and its name.
  package struct Entry: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// All of them; a name may come twice.
  package var entries: [Entry]

  /// Tags from pairs.
  package init(_ entries: [Entry] = []) { self.entries = entries }

  init(_ dictionary: OpaquePointer?) {
    entries = OptionDictionary.pairs(dictionary).map { Entry(name: $0.key, value: $0.value) }
  }

  /// The first value under a name, in whatever case: Matroska writes TITLE where MP4 writes title.
  package subscript(name: String) -> String? {
    let wanted = name.lowercased()
    return entries.first { $0.name.lowercased() == wanted }?.value
  }

  /// The pairs as libav's calls take them.
  var pairs: [(key: String, value: String)] { entries.map { ($0.name, $0.value) } }
}
