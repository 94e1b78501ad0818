package import Foundations

/// An open blob; it can be read until it is let go of, even if it is removed meanwhile.
package protocol BlobContent: AnyObject, Sendable {
  /// What is read.
  var id: BlobID { get }
  /// How many bytes it has.
  var size: Int64 { get }

  /// The bytes of a part of at most `BlobReading.longestPart` bytes, all of them.
  ///
  /// `blob.bad_range` where it lies outside, `blob.damaged` where the store has fewer.
  func read(_ part: Range<Int64>) throws -> [UInt8]
}

extension BlobContent {
  /// Hands a part of any length over piece by piece, all of the blob unless told otherwise.
  package func read(
    _ part: Range<Int64>? = nil, pieces: Int = 1 << 20, stop: StopFlag? = nil,
    each: ([UInt8]) throws -> Void
  ) throws {
    precondition((1...BlobReading.longestPart).contains(pieces), "pieces have a size")
    let part = part ?? 0..<size
    try BlobReading.check(part, of: self)
    var place = part.lowerBound
    while place < part.upperBound {
      try stop?.check()
      let end = min(part.upperBound, place + Int64(pieces))
      try each(try read(place..<end))
      place = end
    }
  }
}

/// What all ways of reading blobs share.
package enum BlobReading {
  /// How many bytes are read at once at most; each reader holds so much.
  package static let longestPart = 16 << 20

  /// Throws where a part lies outside of a blob.
  static func check(_ part: Range<Int64>, of blob: some BlobContent) throws(BlobFailure) {
    guard part.lowerBound >= 0, part.upperBound <= blob.size else {
      throw BlobFailure(
        .blobBadRange,
        "bytes \(part.lowerBound) to \(part.upperBound) lie outside of \(blob.id), which has"
          + " \(blob.size)")
    }
  }
}
