import Foundations

/// WAV: the chunk `json` at the end; RF64 past 4 GB.
enum WAVFile: MetadataContainer {
  private static let largest: Int64 = 0xFFFF_FFFE

  private static func isLarge(_ file: SourceFile) throws -> Bool {
    try file.start(4).has("RF64")
  }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    var texts: [FoundText] = []
    for chunk in try RIFFChunk.all(in: file, isLarge: isLarge(file)).chunks {
      if chunk.type == "json" {
        let bytes = try file.bytes(chunk.content).prefix { $0 != 0 }
        texts.insert(
          FoundText("comment", ForeignText.utf8OrLatin1(bytes), place: "wav:json"), at: 0)
      } else if chunk.type == "LIST" {
        texts += try info(chunk, file)
      }
    }
    return texts
  }

  private static func info(_ chunk: RIFFChunk, _ file: SourceFile) throws -> [FoundText] {
    guard try file.start(4, at: chunk.content.lowerBound).has("INFO") else { return [] }
    let content = try file.bytes(chunk.content)
    let names = ["ICMT": "comment", "ISBJ": "subject", "INAM": "title", "IKEY": "keywords"]
    var texts: [FoundText] = []
    var place = 4
    while let size = content.count(4, at: place + 4, .little), texts.count < MetadataLimits.texts {
      let type = ForeignText.latin1(content[place..<place + 4])
      guard let value = content.part(at: place + 8, count: size) else { break }
      let text = ForeignText.utf8OrLatin1(value.prefix { $0 != 0 })
      texts.append(FoundText(names[type] ?? type, text, place: "wav:INFO \(type)"))
      place += 8 + size + size % 2
    }
    return texts
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let isLarge = try isLarge(file)
    let (chunks, end) = try RIFFChunk.all(in: file, isLarge: isLarge)
    var pieces: [Piece] = []
    for chunk in chunks where chunk.type != "json" && !(chunk.type == "ds64" && isLarge) {
      if change.text == nil, chunk.type == "LIST", try holdsGeneration(chunk, file) {
        if let kept = try infoWithoutComment(chunk, file) { pieces.append(.made(kept)) }
        continue
      }
      pieces.append(.kept(chunk.whole))
      // A chunk whose even byte is missing gets it before another follows.
      if (chunk.whole.upperBound - chunk.whole.lowerBound) % 2 == 1 { pieces.append(.zeros(1)) }
    }
    if let text = change.text { pieces.append(.made(RIFFChunk.made("json", Array(text.utf8)))) }
    let size = pieces.reduce(4) { $0 + $1.count }
    if isLarge || size > largest {
      pieces = try large(file, chunks, pieces, size, isLarge)
    } else {
      let head = Array("RIFF".utf8) + [UInt8](size, width: 4, .little) + Array("WAVE".utf8)
      pieces.insert(.made(head), at: 0)
    }
    if end < file.size { pieces.append(.kept(end..<file.size)) }
    return Rewrite(pieces, place: "wav:json")
  }

  /// The head of an RF64 file: a chunk of the large sizes before all others.
  private static func large(
    _ file: SourceFile, _ chunks: [RIFFChunk], _ pieces: [Piece], _ size: Int64, _ wasLarge: Bool
  ) throws -> [Piece] {
    guard let data = chunks.first(where: { $0.type == "data" }) else {
      throw file.damaged("it has no samples")
    }
    var content: [UInt8]
    if wasLarge, let old = chunks.first(where: { $0.type == "ds64" }) {
      content = try file.bytes(old.content)
    } else {
      let bytes = data.content.upperBound - data.content.lowerBound
      content = [UInt8](repeating: 0, count: 28)
      content.overwrite(at: 8, [UInt8](bytes, width: 8, .little))
    }
    let whole = size + Int64(content.count + content.count % 2) + 8
    content.overwrite(at: 0, [UInt8](whole, width: 8, .little))
    let head = Array("RF64".utf8) + [0xFF, 0xFF, 0xFF, 0xFF] + Array("WAVE".utf8)
    var result: [Piece] = [.made(head + RIFFChunk.made("ds64", content))]
    for piece in pieces {
      guard !wasLarge, case .kept(let range) = piece, range == data.whole else {
        result.append(piece)
        continue
      }
      result.append(.made(Array("data".utf8) + [0xFF, 0xFF, 0xFF, 0xFF]))
      result.append(.kept(data.content.lowerBound..<range.upperBound))
    }
    return result
  }

  private static func holdsGeneration(_ chunk: RIFFChunk, _ file: SourceFile) throws -> Bool {
    try info(chunk, file).contains { FoundText.isGeneration($0.keyword) }
  }

  /// A LIST chunk without its comment; nil where nothing else is in it.
  private static func infoWithoutComment(_ chunk: RIFFChunk, _ file: SourceFile) throws -> [UInt8]?
  {
    let content = try file.bytes(chunk.content)
    var kept = Array("INFO".utf8)
    var place = 4
    while let size = content.count(4, at: place + 4, .little) {
      let next = min(place + 8 + size + size % 2, content.count)
      let part = Array(content[place..<next])
      if !part.has("ICMT"), !part.has("IPRM") { kept += part }
      place = next
    }
    return kept.count > 4 ? RIFFChunk.made("LIST", kept) : nil
  }
}
