import Compression

/// The content of a chunk with a text.
struct PNGText {
  /// The chunks that are looked into; `comf` is ComfyUI's own in APNG.
  static let types: Set<String> = ["tEXt", "zTXt", "iTXt", "comf", "eXIf"]

  let keyword: String
  let text: String

  /// Nil where the content is not that of its type, or is packed and larger than the bound.
  init?(_ type: String, _ content: [UInt8]) {
    guard let (name, next) = content.terminated(at: 0, limit: 80) else { return nil }
    keyword = ForeignText.utf8OrLatin1(name)
    let rest = Array(content[next...])
    switch type {
    case "zTXt":
      guard rest.first == 0,
        let plain = Self.unpacked(Array(rest.dropFirst()))
      else { return nil }
      text = ForeignText.utf8OrLatin1(plain)
    case "iTXt":
      guard let flag = rest.first, rest.count >= 2,
        let (_, translated) = rest.terminated(at: 2),
        let (_, start) = rest.terminated(at: translated)
      else { return nil }
      let content = Array(rest[start...])
      guard let plain = flag == 0 ? content : Self.unpacked(content)
      else { return nil }
      text = ForeignText.utf8OrLatin1(plain)
    default:
      text = ForeignText.utf8OrLatin1(rest)
    }
  }

  /// What a zlib stream holds, where that is whole and within the bound.
  private static func unpacked(_ content: [UInt8]) -> [UInt8]? {
    try? Inflater.unpack(content, .zlib, atMost: Int64(MetadataLimits.text))
  }

  /// The name that a chunk's content begins with; empty where it is none.
  static func keyword(_ start: [UInt8], _ chunk: PNGFile.Chunk) -> String {
    let length = Int(min(80, chunk.content.upperBound - chunk.content.lowerBound))
    let own = Array(start.prefix(length))
    return own.terminated(at: 0).map { ForeignText.utf8OrLatin1($0.bytes) } ?? ""
  }
}
