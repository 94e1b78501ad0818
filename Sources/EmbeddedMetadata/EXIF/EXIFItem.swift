/// EXIF as boxes and items hold it: a number tells how many bytes stand before the block.
struct EXIFItem {
  private let prefix: [UInt8]
  var block: EXIFBlock

  /// Nil where it is none.
  init?(_ content: [UInt8]) {
    guard let offset = content.count(4, at: 0), offset <= content.count - 4,
      let block = EXIFBlock(Array(content.dropFirst(4 + offset)))
    else { return nil }
    prefix = Array(content.prefix(4 + offset))
    self.block = block
  }

  var bytes: [UInt8] { prefix + block.bytes }
}
