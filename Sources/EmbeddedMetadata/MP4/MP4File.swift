import Foundations

/// MP4, MOV and M4A: a comment in the index; the samples are never read.
enum MP4File: MetadataContainer {
  private static let place = "mp4:ilst \u{A9}cmt"
  private static let signature: [UInt8] = [
    0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
  ]

  static func texts(in file: SourceFile) throws -> [FoundText] {
    try MP4Tags(MP4Layout(file).moov, file.path).texts()
  }

  static func pictures(in file: SourceFile) throws -> [EmbeddedPicture] {
    try MP4Tags(MP4Layout(file).moov, file.path).pictures()
  }

  static func isSigned(_ file: SourceFile) throws -> Bool {
    for top in try MP4Layout.tops(of: file) where top.type == "uuid" {
      let head = try file.start(32, at: top.whole.lowerBound)
      if Array(head.dropFirst(top.isLong ? 16 : 8).prefix(16)) == signature { return true }
    }
    return false
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    let layout = try MP4Layout(file)
    let moov = try MP4Tags(layout.moov, file.path).edited(change)
    let patching = MP4Patch(file, layout, moov, change)
    var rewrite = try copied(file, layout, moov, patching)
    rewrite.patch = patching?.inFreeBox ?? rewrite.patch
    return rewrite
  }

  private static func copied(
    _ file: SourceFile, _ layout: MP4Layout, _ moov: [UInt8], _ patching: MP4Patch?
  ) throws -> Rewrite {
    let old = layout.top.whole
    let room = roomAfter(layout)
    let rest = room.upperBound - old.lowerBound - Int64(moov.count)
    let before = Piece.kept(0..<old.lowerBound)
    let after = Piece.kept(room.upperBound..<file.size)
    let isLast = layout.tops[(layout.moovIndex + 1)...].allSatisfy(\.isFree)
    if isLast, rest < 0 || patching != nil {
      return Rewrite([before, .made(moov)], place: place, patch: patching?.atEnd)
    }
    let fits = rest == 0 || rest >= 8
    if patching != nil || !fits, let spaced = spaced(file, layout, moov, room) {
      return Rewrite([before] + spaced + [after], place: place)
    }
    if fits {
      // What follows stays where it is.
      return Rewrite([before, .made(moov)] + free(rest) + [after], place: place)
    }
    guard !layout.isFragmented else {
      throw MetadataFailure.unsupported(
        file.path, "it is fragmented, and its index has no room to grow")
    }
    // Where the offsets cannot be moved, the samples are not: the index goes to the end.
    return Rewrite(
      [before] + free(old.upperBound - old.lowerBound)
        + [.kept(old.upperBound..<file.size), .made(moov)], place: place)
  }

  /// The index with offsets for samples that move; nil where they cannot.
  ///
  /// A large film gets room for the next index too, so that the next change is a patch. It is moved
  /// by whole blocks, which file systems that share blocks then do not copy.
  private static func spaced(
    _ file: SourceFile, _ layout: MP4Layout, _ moov: [UInt8], _ room: Range<Int64>
  ) -> [Piece]? {
    guard !layout.isFragmented else { return nil }
    var delta = Int64(moov.count) - (room.upperBound - room.lowerBound)
    var spare: Int64 = 0
    if MP4Patch.isLarge(file) {
      spare = Int64(moov.count) + (64 << 10)
      let over = (delta + spare) % 4_096
      spare += over == 0 ? 0 : over < 0 ? -over : 4_096 - over
      delta += spare
    }
    guard let moved = MP4Offsets.moved(moov, from: room.upperBound, by: delta) else { return nil }
    return [.made(moved)] + free(spare)
  }

  /// The index and the free boxes right behind it.
  private static func roomAfter(_ layout: MP4Layout) -> Range<Int64> {
    var end = layout.top.whole.upperBound
    for top in layout.tops[(layout.moovIndex + 1)...] {
      guard top.isFree else { break }
      end = top.whole.upperBound
    }
    return layout.top.whole.lowerBound..<end
  }

  private static func free(_ count: Int64) -> [Piece] {
    guard count >= 8 else { return [] }
    // A size over 32 bits stands in eight bytes behind the name.
    if count > 0xFFFF_FFFF {
      return [
        .made([0, 0, 0, 1] + Array("free".utf8) + [UInt8](count, width: 8)), .zeros(count - 16),
      ]
    }
    return [.made([UInt8](count, width: 4) + Array("free".utf8)), .zeros(count - 8)]
  }
}
