extension Span<UInt8> {
  /// The bytes as an array of their own, copied in one piece.
  package var copied: [UInt8] {
    withUnsafeBufferPointer { Array($0) }
  }
}
