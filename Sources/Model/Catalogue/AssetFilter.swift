package import Foundations
package import Sniffing

/// Which assets are wanted; what is nil or empty does not matter.
package struct AssetFilter: Sendable, Equatable {
  package var kinds: Set<ContentKind> = []
  package var sources: Set<AssetSource> = []
  package var formats: Set<String> = []
  package var codec: String?
  package var workflow: WorkflowID?
  package var run: RunID?
  package var provider: String?
  package var model: String?
  package var width: ClosedRange<Int>?
  package var height: ClosedRange<Int>?
  package var durationSeconds: ClosedRange<Double>?
  package var size: ClosedRange<Int64>?
  package var from: Timestamp?
  package var to: Timestamp?
  package var user: String?
  /// All of them.
  package var tags: [String] = []
  package var leastRating: Int?
  package var isFavourite: Bool?
  /// Came more than once.
  package var isDuplicated: Bool?
  package var isDeleted = false
  /// A member of the extra metadata, by its path ("camera.lens"), and the text or number it has.
  package var extra: [(path: String, value: JSONValue)] = []

  /// All that live.
  package init() {}

  package static func == (left: Self, right: Self) -> Bool {
    left.extra.elementsEqual(right.extra, by: { $0.path == $1.path && $0.value == $1.value })
      && left.withoutExtra == right.withoutExtra
  }

  private var withoutExtra: [AnyHashable?] {
    [
      kinds, sources, formats, codec, workflow, run, provider, model, width, height,
      durationSeconds, size, from, to, user, tags, leastRating, isFavourite, isDuplicated,
      isDeleted,
    ]
  }
}

/// The order of a list of assets.
package struct AssetOrder: Sendable, Hashable {
  /// What it goes by.
  package enum Key: String, Sendable, CaseIterable { case date, size, duration, name }

  package var key: Key
  package var isDescending: Bool

  /// An order by its parts.
  package init(_ key: Key, isDescending: Bool) {
    self.key = key
    self.isDescending = isDescending
  }

  /// The list's name in cursors.
  package var list: String { "assets-\(key.rawValue)\(isDescending ? "-" : "+")" }

  /// The newest first.
  package static let newest = AssetOrder(.date, isDescending: true)
}
