package import Foundations

/// The id of one sort of thing in the library, as text that is safe in a path and an address.
///
/// New ones are UUIDs in order of time; those that other programs gave their things are kept on
/// import, so that their links go on working.
package struct EntityID<Tag: IDTag>: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The most bytes an id has.
  package static var longest: Int { 128 }

  package let text: String

  /// Reads an id from outside: letters, digits, `-`, `_` and `.`, no dot first.
  package init(_ text: String) throws(ModelFailure) {
    let isGood =
      (1...Self.longest).contains(text.utf8.count) && !text.hasPrefix(".")
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    guard isGood else {
      throw ModelFailure(
        .modelIDMalformed,
        "\"\(ShownText.of(String(text.prefix(80))))\" is no id of \(Tag.article) \(Tag.noun)",
        hint: "an id has up to \(Self.longest) letters, digits, -, _ and ., and no dot first")
    }
    self.text = text
  }

  /// A new id.
  package init(_ uuid: UUID) { text = uuid.description }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
  package var description: String { text }
}

extension IDTag {
  fileprivate static var article: String { "aeiou".contains(noun.first ?? " ") ? "an" : "a" }
}

/// The tag of assets' ids.
package enum AssetTag: IDTag { package static let noun = "asset" }
/// The tag of runs' ids.
package enum RunTag: IDTag { package static let noun = "run" }
/// The tag of workflows' ids.
package enum WorkflowTag: IDTag { package static let noun = "workflow" }
/// The tag of executions' ids.
package enum ExecutionTag: IDTag { package static let noun = "execution" }
/// The tag of generations' ids.
package enum GenerationTag: IDTag { package static let noun = "generation" }

/// The id of an asset.
package typealias AssetID = EntityID<AssetTag>
/// The id of a run.
package typealias RunID = EntityID<RunTag>
/// The id of a workflow.
package typealias WorkflowID = EntityID<WorkflowTag>
/// The id of an execution.
package typealias ExecutionID = EntityID<ExecutionTag>
/// The id of a generation.
package typealias GenerationID = EntityID<GenerationTag>
