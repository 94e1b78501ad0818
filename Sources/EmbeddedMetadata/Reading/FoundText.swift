/// One text that a file holds, with the name it is kept under.
package struct FoundText: Sendable, Equatable {
  /// The name: `comment`, `parameters`, `prompt`, …; as the file has it, in lower case.
  package let keyword: String
  /// The text.
  package let text: String
  /// Where it was found: `png:iTXt comment`.
  package let place: String

  /// A text under a name.
  init(_ keyword: String, _ text: String, place: String) {
    self.keyword = keyword.lowercased()
    self.text = text
    self.place = place
  }

  /// The names under which tools keep how a file was made; stripping removes these.
  static let generationKeywords: Set<String> = [
    "comment", "parameters", "prompt", "workflow", "invokeai_metadata", "invokeai_graph",
    "invokeai_workflow", "sd-metadata", "dream", "wangp", "json",
  ]

  /// Whether stripping removes a text of this name.
  static func isGeneration(_ keyword: String) -> Bool {
    generationKeywords.contains(keyword.lowercased())
  }
}
