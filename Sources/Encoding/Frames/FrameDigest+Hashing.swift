import Hashing
package import Media

extension FrameDigest {
  /// The first half of the SHA-256 of a picture's size, format and samples.
  ///
  /// One that nobody can forge: a segment that is found by its frames' digests is taken for theirs.
  package init(of frame: borrowing VideoFrame) {
    let hash = SHA256()
    hash.update(Array("\(frame.width)x\(frame.height) \(frame.format.name)\n".utf8).span)
    frame.eachPackedRow { hash.update($0) }
    let bytes = hash.finish().bytes
    func number(_ part: Range<Int>) -> UInt64 { bytes[part].reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: number(0..<8), low: number(8..<16))
  }
}
