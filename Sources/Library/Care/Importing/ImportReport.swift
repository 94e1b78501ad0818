package import Foundations
import Model

/// What an import did.
package struct ImportReport: Sendable {
  /// Something that did not come in, and why.
  package struct Refusal: Sendable {
    package let what: String
    package let why: any Failure
  }

  /// How many refusals are kept; all are counted.
  package static let mostRefusals = 1_000

  package var added = 0
  /// Were there already.
  package var duplicates = 0
  /// Were no media.
  package var passedOver = 0
  package var bytes: Int64 = 0
  package var refused = 0
  package private(set) var refusals: [Refusal] = []

  /// Nothing was done yet.
  package init() {}

  mutating func take(_ added: AddedAsset) {
    if added.isDuplicate { duplicates += 1 } else { self.added += 1 }
    bytes += added.asset.size
  }

  mutating func refuse(_ what: String, _ error: any Error) {
    refused += 1
    guard refusals.count < Self.mostRefusals else { return }
    refusals.append(Refusal(what: what, why: error.asFailure))
  }
}
