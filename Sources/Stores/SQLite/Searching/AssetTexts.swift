import Model
import SQLite

/// The texts by which an asset is found.
struct AssetTexts: Equatable {
  /// The kinds of text that others make of an asset.
  static let kinds = ["transcript", "screen"]

  /// The columns of the search, in its order.
  static let fields = ["name", "prompt", "notes"] + kinds

  var name = ""
  private(set) var prompt: String?
  var notes: String?
  private(set) var transcript: String?
  private(set) var screen: String?

  mutating func add(prompt text: String?) {
    guard let text else { return }
    prompt = prompt.map { $0 + "\n" + text } ?? text
  }

  mutating func set(_ kind: String, _ text: String) {
    switch kind {
    case "transcript": transcript = text
    case "screen": screen = text
    default: break
    }
  }

  /// The texts in the order of the fields.
  var all: [String?] { [name, prompt, notes, transcript, screen] }
}
