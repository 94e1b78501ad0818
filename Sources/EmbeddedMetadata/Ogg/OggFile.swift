import Foundations

/// Ogg with Vorbis or Opus: the second packet is the list of comments.
enum OggFile: MetadataContainer {
  /// What the stream is coded in, and how its packets of headers begin.
  private enum Codec {
    case vorbis
    case opus

    var commentStart: [UInt8] {
      self == .opus ? Array("OpusTags".utf8) : [3] + Array("vorbis".utf8)
    }
    /// How many packets of headers there are behind the first.
    var headers: Int { self == .opus ? 1 : 2 }
  }

  /// The headers of the stream with the comments.
  private struct Headers {
    let codec: Codec
    let serial: UInt64
    /// The packets behind the first, the comments first.
    let packets: [[UInt8]]
    /// The pages they stand on.
    let pages: [OggPage]
    /// Where the pages of headers end.
    var end: Int64 { pages.last?.whole.upperBound ?? 0 }
  }

  private static func headers(of file: SourceFile) throws -> Headers {
    var found: (codec: Codec, serial: UInt64)?
    var packets: [[UInt8]] = []
    var open: [UInt8] = []
    var pages: [OggPage] = []
    var place: Int64 = 0
    while pages.count < MetadataLimits.parts {
      let page = try OggPage(file, at: place)
      place = page.whole.upperBound
      if page.isFirst {
        let start = try file.start(8, at: page.content.lowerBound)
        let codec: Codec? =
          start.has("OpusHead") ? .opus : start.has("\u{1}vorbis") ? .vorbis : nil
        if found == nil, let codec { found = (codec, page.serial) }
        continue
      }
      guard let found else {
        throw MetadataFailure.unsupported(file.path, "its stream is neither Vorbis nor Opus")
      }
      guard page.serial == found.serial else { continue }
      pages.append(page)
      let content = try file.bytes(page.content)
      var start = 0
      for (index, size) in page.segments.enumerated() {
        open += content[start..<start + Int(size)]
        start += Int(size)
        guard open.count <= MetadataLimits.text * 2 else {
          throw file.damaged("a header is too long")
        }
        guard size < 255 else { continue }
        packets.append(open)
        open = []
        guard packets.count == found.codec.headers else { continue }
        guard index == page.segments.count - 1 else {
          throw MetadataFailure.unsupported(file.path, "samples begin on the page of its headers")
        }
        return Headers(codec: found.codec, serial: found.serial, packets: packets, pages: pages)
      }
    }
    throw file.damaged("its headers do not end")
  }

  private static func list(_ headers: Headers, _ file: SourceFile) throws -> VorbisComment {
    let start = headers.codec.commentStart
    guard let packet = headers.packets.first, packet.starts(with: start),
      let list = VorbisComment(packet, at: start.count)
    else { throw file.damaged("its list of comments cannot be read") }
    return list
  }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    try list(headers(of: file), file).texts(place: "ogg:comment")
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let headers = try headers(of: file)
    var list = try list(headers, file)
    list.change(change)
    // What follows the list is kept: Vorbis has a closing bit, Opus may have more.
    let rest = headers.packets[0].dropFirst(list.end)
    let packets = [headers.codec.commentStart + list.bytes + rest] + headers.packets.dropFirst()
    guard let first = headers.pages.first else { throw file.damaged("it has no headers") }
    let made = OggPage.pages(packets, serial: headers.serial, from: first.number)
    var pieces: [Piece] = []
    var place: Int64 = 0
    let delta = made.count - headers.pages.count
    var oldHeaders = headers.pages.count
    var isOver = false
    for _ in 0..<MetadataLimits.pages where place < file.size {
      // Bytes behind the last page are kept as they are.
      guard try file.start(4, at: place).has("OggS") else { break }
      let page = try OggPage(file, at: place)
      place = page.whole.upperBound
      guard page.serial == headers.serial, !page.isFirst, !isOver else {
        pieces.append(.kept(page.whole))
        continue
      }
      isOver = page.isLast
      if oldHeaders > 0 {
        oldHeaders -= 1
        if oldHeaders == 0 { pieces.append(.made(made.flatMap { $0 })) }
      } else if delta == 0 {
        pieces.append(.kept(page.whole))
      } else {
        pieces.append(.made(try page.renumbered(by: delta, file)))
        pieces.append(.kept(page.content))
      }
    }
    if place < file.size { pieces.append(.kept(place..<file.size)) }
    return Rewrite(pieces, place: "ogg:comment COMMENT")
  }
}
