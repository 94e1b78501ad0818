import Foundations

/// MP3: the ID3v2 tag before the sound; the frame TXXX `WanGP`.
enum MP3File: MetadataContainer {
  private static let largest = 0x0FFF_FFFF - 2_048

  /// Whether bytes begin with the head of a frame of layer III.
  static func isFrame(_ start: [UInt8]) -> Bool {
    guard start.count >= 4, start[0] == 0xFF, start[1] & 0xE6 == 0xE2, start[1] & 0x18 != 0x08
    else { return false }
    return start[2] & 0xF0 != 0xF0 && start[2] & 0x0C != 0x0C
  }

  private static func tag(of file: SourceFile) throws -> (tag: ID3Tag, end: Int64)? {
    let start = try file.start(10)
    guard start.has("ID3") else { return nil }
    guard let end = ID3Tag.end(start), end <= file.size else {
      throw file.damaged("its tag reaches past the end")
    }
    guard start[3] == 3 || start[3] == 4 else {
      throw MetadataFailure.unsupported(file.path, "its tag is ID3v2.\(start[3])")
    }
    guard let tag = ID3Tag(try file.bytes(0..<end, limit: MetadataLimits.index)) else {
      throw file.damaged("its tag cannot be read")
    }
    return (tag, end)
  }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    try tag(of: file)?.tag.texts() ?? []
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let old = try tag(of: file)
    var tag = old?.tag ?? ID3Tag()
    tag.change(change)
    let bytes = tag.frames.isEmpty ? [] : tag.bytes
    guard bytes.count <= largest else {
      throw MetadataFailure.unsupported(file.path, "a tag ends at 256 MB")
    }
    return Rewrite(
      [.made(bytes), .kept((old?.end ?? 0)..<file.size)], place: "mp3:TXXX WanGP")
  }
}
