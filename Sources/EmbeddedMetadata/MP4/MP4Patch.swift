import Foundations

/// How an index takes the place of another so that a crash cannot tear the film.
///
/// Readers take the first index that they find. The new one is written where nobody looks; turning
/// the old one into a free box, by four bytes, makes it count.
struct MP4Patch {
  /// From this size on a file is patched and not copied.
  private static let smallest: Int64 = 32 << 20

  let file: SourceFile
  let layout: MP4Layout
  let moov: [UInt8]

  /// Nil where only a copy is safe.
  ///
  /// A second name of the file would see a patch too, and what is stripped must go at once.
  init?(_ file: SourceFile, _ layout: MP4Layout, _ moov: [UInt8], _ change: Change) {
    guard Self.isLarge(file), file.status.links == 1, change.text != nil, !layout.isFragmented
    else { return nil }
    self.file = file
    self.layout = layout
    self.moov = moov
  }

  /// Whether a file is so large that a patch is worth its trouble, and room for one its bytes.
  static func isLarge(_ file: SourceFile) -> Bool { file.size >= smallest }

  /// The index behind everything.
  var atEnd: Patch? {
    guard layout.tops.last?.whole.upperBound == file.size,
      // A box that reaches to the end by its size of zero would swallow what is added.
      layout.moov.number(4, at: 0) != 0, !endsOpen
    else { return nil }
    return patch([.init(place: file.size, bytes: moov)])
  }

  /// Where the last box begins whose size is left open, else the end.
  private var lastPlace: Int64 { endsOpen ? layout.tops.last?.whole.lowerBound ?? 0 : file.size }

  private var endsOpen: Bool {
    guard let last = layout.tops.last,
      let size = try? file.start(4, at: last.whole.lowerBound).number(4, at: 0)
    else { return true }
    return size == 0
  }

  /// The index in a free box; only its head, written last, makes it an index.
  ///
  /// One that stands before the samples stays before them, so that the film can still be played
  /// while it is fetched.
  var inFreeBox: Patch? {
    let samples = layout.tops.firstIndex { $0.type == "mdat" } ?? 0
    let boxes = layout.moovIndex < samples ? layout.tops[..<samples] : layout.tops[...]
    for box in boxes where box.isFree && !box.isLong && box.whole.upperBound <= lastPlace {
      let place = box.whole.lowerBound
      let rest = box.whole.upperBound - place - Int64(moov.count)
      guard rest == 0 || rest >= 8, isOneSector(place, 8) else { continue }
      let behind = rest == 0 ? [] : [UInt8](rest, width: 4) + Array("free".utf8)
      return patch([
        .init(place: place + 8, bytes: moov[8...] + behind),
        .init(place: place, bytes: Array(moov[..<8])),
      ])
    }
    return nil
  }

  /// Nil where the four bytes could be torn between two sectors.
  private func patch(_ steps: [Patch.Step]) -> Patch? {
    let old = layout.top
    let type = old.whole.lowerBound + 4
    guard isOneSector(type, 4) else { return nil }
    return Patch(
      steps: steps + [.init(place: type, bytes: Array("free".utf8))],
      expected: .init(place: old.whole.lowerBound, bytes: layout.moov), cleared: old.content)
  }

  private func isOneSector(_ place: Int64, _ count: Int64) -> Bool {
    place / 512 == (place + count - 1) / 512
  }
}
