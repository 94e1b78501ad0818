import Glibc

extension FileCopy {
  private static let block: Int64 = 4_096

  /// Copies a range of one file to where the other stands, inside the kernel where it can.
  ///
  /// A source that ends before the range does is a failure: it was cut while it was copied.
  package static func range(
    _ range: Range<Int64>, of source: borrowing FileDescriptor,
    to target: borrowing FileDescriptor, stop: StopFlag? = nil
  ) throws {
    var place = range.lowerBound
    let (from, path) = (source.number, source.path)
    try systemCall("seek in", path) { lseek(from, __off_t(place), SEEK_SET) }
    while place < range.upperBound {
      try stop?.check()
      // Whole blocks, where both files have them at the same place of theirs, can be shared.
      let blockEnd = (place / block + 1) * block
      let end = place % block == 0 ? place + Int64(chunk) : blockEnd
      let wanted = Int(min(range.upperBound, end) - place)
      guard let count = try copyRange(source, target, wanted), count > 0 else { break }
      place += Int64(count)
      // The disk works while the next chunk is copied, so that a flush at the end has less to do.
      if place < range.upperBound, wanted == chunk { target.startWriteback() }
    }
    while place < range.upperBound {
      try stop?.check()
      let bytes = try source.read(Int(min(range.upperBound - place, 1 << 20)), at: place)
      guard !bytes.isEmpty else {
        throw FileFailure(errno: EIO, operation: "copy the whole of", path: path)
      }
      try target.write(bytes.span.bytes)
      place += Int64(bytes.count)
    }
  }
}
