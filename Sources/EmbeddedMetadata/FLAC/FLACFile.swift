import Foundations

/// FLAC: blocks before the samples, of which one is the list of comments.
enum FLACFile: MetadataContainer {
  private struct Block {
    let type: UInt8
    let whole: Range<Int64>
    var content: Range<Int64> { whole.lowerBound + 4..<whole.upperBound }
    var length: Int { Int(whole.upperBound - whole.lowerBound) - 4 }
  }

  private static let largest = 0xFF_FFFF

  private static func start(of file: SourceFile) throws -> Int64 {
    let end = ID3Tag.end(try file.start(10)) ?? 0
    guard try file.start(4, at: end).has("fLaC") else { throw file.damaged("it does not begin") }
    return end + 4
  }

  private static func blocks(of file: SourceFile) throws -> [Block] {
    var blocks: [Block] = []
    var place = try start(of: file)
    while true {
      guard blocks.count < MetadataLimits.parts else { throw file.damaged("too many blocks") }
      let head = try file.bytes(4, at: place)
      guard head[0] != 0xFF else { throw file.damaged("samples where a block should be") }
      let whole = try file.range(place, count: (head.number(3, at: 1) ?? 0) + 4)
      blocks.append(Block(type: head[0] & 0x7F, whole: whole))
      place = whole.upperBound
      if head[0] & 0x80 != 0 { return blocks }
    }
  }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    var texts: [FoundText] = []
    for block in try blocks(of: file) where block.type == 4 {
      guard let list = VorbisComment(try file.bytes(block.content, limit: largest)) else {
        throw file.damaged("its list of comments cannot be read")
      }
      texts += list.texts(place: "flac:comment")
    }
    return texts
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let blocks = try blocks(of: file)
    guard let first = blocks.first, first.type == 0, let last = blocks.last else {
      throw file.damaged("its first block is no stream")
    }
    var list = VorbisComment(vendor: "mediary")
    if let old = blocks.first(where: { $0.type == 4 }) {
      guard let read = VorbisComment(try file.bytes(old.content, limit: largest)) else {
        throw file.damaged("its list of comments cannot be read")
      }
      list = read
    }
    list.change(change)
    let comment = list.bytes
    guard comment.count <= largest else {
      throw MetadataFailure.unsupported(file.path, "a block of FLAC ends at 16 MB")
    }
    // Padding gives what the list takes, so that the samples stay where they are.
    let others = blocks.filter { ![1, 4].contains($0.type) }
    let used = others.reduce(comment.count + 4) { $0 + $1.length + 4 }
    let room = Int(last.whole.upperBound - first.whole.lowerBound)
    let spare = room - used
    let padding: Int? = spare == 0 ? nil : (4...largest).contains(spare) ? spare - 4 : 4_096
    var pieces: [Piece] = [.kept(0..<first.whole.lowerBound)]
    for (index, block) in others.enumerated() {
      pieces.append(.made(head(block.type, block.length)))
      pieces.append(.kept(block.content))
      if index == 0 {
        pieces.append(.made(head(4, comment.count, isLast: others.count == 1 && padding == nil)))
        pieces.append(.made(comment))
      }
    }
    if let padding {
      pieces.append(.made(head(1, padding, isLast: true)))
      pieces.append(.zeros(Int64(padding)))
    } else if others.count > 1, let end = others.last {
      pieces[pieces.count - 2] = .made(head(end.type, end.length, isLast: true))
    }
    pieces.append(.kept(last.whole.upperBound..<file.size))
    return Rewrite(pieces, place: "flac:comment COMMENT")
  }

  private static func head(_ type: UInt8, _ length: Int, isLast: Bool = false) -> [UInt8] {
    [type | (isLast ? 0x80 : 0)] + [UInt8](length, width: 3)
  }
}
