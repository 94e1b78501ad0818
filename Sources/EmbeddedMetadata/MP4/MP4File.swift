import Foundations

/// MP4, MOV and M4A: a comment in the index; the samples are never read.
enum MP4File: MetadataContainer {
  private static let place = "mp4:ilst \u{A9}cmt"
  /// From this size on a file is patched and not copied.
  private static let patchedFrom: Int64 = 32 << 20
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
    let old = layout.top.whole
    let room = roomAfter(layout)
    let rest = room.upperBound - old.lowerBound - Int64(moov.count)
    let before = Piece.kept(0..<old.lowerBound)
    let after = Piece.kept(room.upperBound..<file.size)
    if rest == 0 || rest >= 8 {
      // What follows stays where it is.
      return Rewrite([before, .made(moov)] + free(rest) + [after], place: place)
    }
    let isLast = layout.tops[(layout.moovIndex + 1)...].allSatisfy { isFree($0) }
    if isLast {
      return Rewrite(
        [before, .made(moov)], place: place, patch: patch(file, layout, moov, change))
    }
    guard !layout.isFragmented else {
      throw MetadataFailure.unsupported(
        file.path, "it is fragmented, and its index has no room to grow")
    }
    let delta = Int64(moov.count) - (room.upperBound - old.lowerBound)
    if let shifted = MP4Offsets.moved(moov, from: room.upperBound, by: delta) {
      return Rewrite([before, .made(shifted), after], place: place)
    }
    // Where the offsets cannot be moved, the samples are not: the index goes to the end.
    return Rewrite(
      [before] + free(old.upperBound - old.lowerBound)
        + [.kept(old.upperBound..<file.size), .made(moov)], place: place)
  }

  private static func isFree(_ top: MP4Layout.Top) -> Bool { ["free", "skip"].contains(top.type) }

  /// The index and the free boxes right behind it.
  private static func roomAfter(_ layout: MP4Layout) -> Range<Int64> {
    var end = layout.top.whole.upperBound
    for top in layout.tops[(layout.moovIndex + 1)...] {
      guard isFree(top) else { break }
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

  /// The index is added behind everything; turning the old one into a free box makes it count.
  ///
  /// Readers take the first index they find, and the switch is four bytes. A second name of the
  /// file would see the change too, so such a file is copied; and what is stripped must go at once.
  private static func patch(
    _ file: SourceFile, _ layout: MP4Layout, _ moov: [UInt8], _ change: Change
  ) -> Patch? {
    let old = layout.top
    guard file.size >= patchedFrom, file.status.links == 1, change.text != nil,
      !layout.isFragmented, layout.tops.last?.whole.upperBound == file.size,
      // A box that reaches to the end by its size of zero would swallow what is added.
      layout.moov.number(4, at: 0) != 0, !endsOpen(file, layout),
      // The switch must not be torn between two sectors.
      (old.whole.lowerBound + 4) / 512 == (old.whole.lowerBound + 7) / 512
    else { return nil }
    let head: Int64 = old.isLong ? 16 : 8
    return Patch(
      added: moov, switchPlace: old.whole.lowerBound + 4, switchBytes: Array("free".utf8),
      cleared: old.whole.lowerBound + head..<old.whole.upperBound)
  }

  private static func endsOpen(_ file: SourceFile, _ layout: MP4Layout) -> Bool {
    guard let last = layout.tops.last,
      let size = try? file.start(4, at: last.whole.lowerBound).number(4, at: 0)
    else { return true }
    return size == 0
  }
}
