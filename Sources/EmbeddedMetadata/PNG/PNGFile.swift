import Compression
import Foundations

/// PNG and APNG: chunks, of which texts are some.
enum PNGFile: MetadataContainer {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// One chunk, with its length, type and checksum.
  struct Chunk {
    let type: String
    let whole: Range<Int64>
    var content: Range<Int64> { whole.lowerBound + 8..<whole.upperBound - 4 }
  }

  static func chunks(of file: SourceFile) throws -> [Chunk] {
    var chunks: [Chunk] = []
    var place: Int64 = 8
    while chunks.last?.type != "IEND" {
      guard chunks.count < MetadataLimits.parts else { throw file.damaged("too many chunks") }
      let head = try file.bytes(8, at: place)
      let length = head.number(4, at: 0) ?? 0
      let type = ForeignText.latin1(head[4...])
      guard length <= 0x7FFF_FFFF, head[4...].allSatisfy({ ForeignLetters.contains($0) }) else {
        throw file.damaged("a chunk without a length or a name")
      }
      let whole = try file.range(place, count: length + 12)
      guard !chunks.isEmpty || type == "IHDR" else { throw file.damaged("no header chunk") }
      chunks.append(Chunk(type: type, whole: whole))
      place = whole.upperBound
    }
    return chunks
  }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    var texts: [FoundText] = []
    var exif: [FoundText] = []
    for chunk in try chunks(of: file) where PNGText.types.contains(chunk.type) {
      guard texts.count < MetadataLimits.texts else { break }
      let content = try file.bytes(chunk.content)
      if chunk.type == "eXIf" {
        exif += EXIFBlock(content)?.texts(place: "png:eXIf") ?? []
      } else if let text = PNGText(chunk.type, content) {
        texts.append(
          FoundText(text.keyword, text.text, place: "png:\(chunk.type) \(text.keyword)"))
      }
    }
    // Last, wherever the chunk stands: a comment written later stands in a text.
    return texts + exif
  }

  static func isSigned(_ file: SourceFile) throws -> Bool {
    try chunks(of: file).contains { $0.type == "caBX" }
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    var pieces: [Piece] = [.kept(0..<8)]
    var isWritten = change.text == nil
    for chunk in try chunks(of: file) {
      if !isWritten, chunk.type == "IDAT" {
        pieces.append(.made(comment(change.text ?? "")))
        isWritten = true
      }
      if PNGText.types.contains(chunk.type) {
        if chunk.type == "eXIf" {
          pieces += try exif(chunk, file, change)
          continue
        }
        let keyword = PNGText.keyword(try file.start(80, at: chunk.content.lowerBound), chunk)
        let isReplaced =
          change.text == nil ? FoundText.isGeneration(keyword) : keyword.lowercased() == "comment"
        if isReplaced { continue }
      }
      pieces.append(.kept(chunk.whole))
      if chunk.type == "IEND", chunk.whole.upperBound < file.size {
        pieces.append(.kept(chunk.whole.upperBound..<file.size))
      }
    }
    guard isWritten else { throw file.damaged("it has no picture") }
    return Rewrite(pieces, place: "png:iTXt comment")
  }

  /// Stripping takes a comment out of EXIF too; writing leaves EXIF alone, which is read later.
  private static func exif(_ chunk: Chunk, _ file: SourceFile, _ change: Change) throws -> [Piece] {
    guard change.text == nil, var block = EXIFBlock(try file.bytes(chunk.content)) else {
      return [.kept(chunk.whole)]
    }
    block.removeGeneration()
    return [.made(made("eXIf", block.bytes))]
  }

  private static func comment(_ text: String) -> [UInt8] {
    // Keyword, not packed, packed how, no language, no translated keyword.
    made("iTXt", Array("comment".utf8) + [0, 0, 0, 0, 0] + Array(text.utf8))
  }

  private static func made(_ type: String, _ content: [UInt8]) -> [UInt8] {
    let covered = Array(type.utf8) + content
    var checksum = CRC32()
    checksum.update(covered)
    return [UInt8](content.count, width: 4) + covered + [UInt8](checksum.value, width: 4)
  }
}

/// The letters that names of chunks are made of.
enum ForeignLetters {
  static func contains(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
