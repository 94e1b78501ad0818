import Foundations
import Model
import Sniffing

/// What an asset is counted under.
struct AssetCounts: Equatable {
  let isDeleted: Bool
  let size: Int64
  private let source: AssetSource
  private let isVideo: Bool
  private let origins: Int
  private let day: Int64

  init(_ new: NewAsset) {
    isDeleted = false
    size = new.size
    source = new.source
    isVideo = new.facts.kind == .video
    origins = 1
    day = Self.day(of: new.addedAt)
  }

  init(_ row: AssetRow) {
    isDeleted = row.asset.deletedAt != nil
    size = row.asset.size
    source = row.asset.source
    isVideo = row.asset.facts.kind == .video
    origins = row.origins
    day = Self.day(of: row.asset.addedAt)
  }

  /// Days since 1970.
  private static func day(of time: Timestamp) -> Int64 { time.microseconds / 86_400_000_000 }

  /// Hands over each count it is part of, with its part.
  func each(_ body: (CountName, Count) -> Void) {
    let one = Count(count: 1, bytes: size)
    guard !isDeleted else { return body(.sort("trash", ""), one) }
    body(.sort("asset", ""), one)
    body(.day(day), one)
    if isVideo { body(.sort("video", source.rawValue), one) }
    let more = Int64(origins - 1)
    if more > 0 { body(.sort("saved", ""), Count(count: more, bytes: more * size)) }
  }
}

/// One of the counts that are kept.
enum CountName: Hashable {
  case sort(String, String)
  case day(Int64)
}

/// How many things, and how many bytes they have.
struct Count {
  var count: Int64 = 0
  var bytes: Int64 = 0

  static func += (left: inout Count, right: Count) {
    left.count += right.count
    left.bytes += right.bytes
  }

  static prefix func - (value: Count) -> Count {
    Count(count: -value.count, bytes: -value.bytes)
  }
}
