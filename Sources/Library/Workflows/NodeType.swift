/// A type of node that workflows are made of.
package struct NodeType: Sendable, Equatable {
  /// What definitions call it.
  package let name: String
  /// How many inputs it has at most.
  package let inputs: Int
  /// How many outputs it has at most.
  package let outputs: Int

  /// The types that are known.
  ///
  /// Others are kept with a warning: a workflow may come from a program that has more of them.
  package static let known: [NodeType] = [
    NodeType(name: "TextInput", inputs: 0, outputs: 1),
    NodeType(name: "PromptGenerator", inputs: 4, outputs: 4),
    NodeType(name: "ImageGenerator", inputs: 8, outputs: 4),
    NodeType(name: "VideoGenerator", inputs: 8, outputs: 4),
    NodeType(name: "Sora2Video", inputs: 8, outputs: 4),
    NodeType(name: "VideoStitcher", inputs: 100, outputs: 1),
    NodeType(name: "Encode", inputs: 4, outputs: 2),
    NodeType(name: "Analyse", inputs: 4, outputs: 4),
    NodeType(name: "Export", inputs: 100, outputs: 1),
  ]

  /// The type of a name; nil where it is not known.
  package static func named(_ name: String) -> NodeType? { known.first { $0.name == name } }
}
