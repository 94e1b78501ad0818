import Foundations

/// A picture file put together anew: what is no metadata stays, and is found again.
struct ItemEdit {
  let file: SourceFile
  let boxes: [MP4Layout.Top]
  let meta: MP4Layout.Top
  let list: ItemList
  /// New bytes in the place of as many old ones.
  let exif: (place: Range<Int64>, bytes: [UInt8])?

  /// The file with another packet, or with none; `nil` leaves the packet that is there, and the
  /// answer is nil where it cannot be told what moves.
  func pieces(_ packet: [UInt8]??) throws -> [Piece]? {
    guard var change = Change(list, packet), try !endsOpen() else { return nil }
    guard let old = freed(change), isAlone(old, except: change.item) else { return nil }
    let (dropped, cleared) = old.file.reduce(into: ([Range<Int64>](), [Range<Int64>]())) {
      let box = box(of: $1)
      if let box, box.type == "mdat", box.content == $1 {
        $0.0.append(box.whole)
      } else {
        $0.1.append($1)
      }
    }
    // The sizes of the fields do not depend on what is in them: a first try tells what moves.
    let isWide = file.size > 0xFFFF_FFFF - Int64(MetadataLimits.text) * 2
    guard let draft = edited(change, isWide, old.data) else { return nil }
    let growth = Int64(draft.count) - (meta.whole.upperBound - meta.whole.lowerBound)
    guard change.move({ moved($0, by: growth, dropped) }) else { return nil }
    let end = file.size + growth - dropped.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
    change.place(at: end + 8)
    guard let new = edited(change, isWide, old.data), new.count == draft.count else { return nil }
    return joined(new, dropped, cleared, change.packet)
  }

  private func edited(_ change: Change, _ isWide: Bool, _ cleared: [Range<Int>]) -> [UInt8]? {
    list.edited(
      change.locations, isWide: isWide, adding: change.added, removing: change.removed,
      clearing: cleared)
  }

  private func joined(
    _ new: [UInt8], _ dropped: [Range<Int64>], _ cleared: [Range<Int64>], _ packet: [UInt8]?
  ) -> [Piece]? {
    var edits = dropped.map { ($0, [UInt8]()) }
    edits += cleared.map { ($0, [UInt8](repeating: 0, count: $0.count)) }
    edits.append((meta.whole, new))
    if let exif { edits.append((exif.place, exif.bytes)) }
    let inner = cleared + (exif.map { [$0.place] } ?? [])
    guard inner.allSatisfy({ box(of: $0) != nil }) else { return nil }
    var pieces = PieceList()
    for (place, bytes) in edits.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      // Only crafted files have items that share bytes with others or with a box's head.
      guard pieces.place <= place.lowerBound else { return nil }
      pieces.replace(place, with: bytes)
    }
    pieces.keep(to: file.size)
    if let packet { pieces.insert(MP4Box.made("mdat", packet)) }
    return pieces.pieces
  }

  /// Whether the last box goes on to the end, so that nothing can be put behind it.
  private func endsOpen() throws -> Bool {
    guard let last = boxes.last, last.whole.upperBound == file.size else { return true }
    return try file.start(4, at: last.whole.lowerBound).number(4, at: 0) == 0
  }

  /// Where the old packet lies: in the file, and in the box with the items.
  private func freed(_ change: Change) -> (file: [Range<Int64>], data: [Range<Int>])? {
    guard change.isChanged, let item = list.xmp, let location = list.locations[item.id] else {
      return ([], [])
    }
    guard location.method == .data else { return (location.extents, []) }
    var inner: [Range<Int>] = []
    for extent in location.extents {
      guard extent.upperBound <= list.data.count else { return nil }
      let start = list.data.lowerBound + Int(extent.lowerBound)
      inner.append(start..<start + extent.count)
    }
    return ([], inner)
  }

  /// Whether no other item shares the bytes that are freed.
  private func isAlone(
    _ old: (file: [Range<Int64>], data: [Range<Int>]), except item: Int?
  ) -> Bool {
    let inner = old.data.map {
      Int64($0.lowerBound - list.data.lowerBound)..<Int64($0.upperBound - list.data.lowerBound)
    }
    return list.locations.all.filter { $0.item != item }.allSatisfy { location in
      let freed = location.method == .file ? old.file : inner
      return location.extents.allSatisfy { extent in !freed.contains { $0.overlaps(extent) } }
    }
  }

  private func box(of extent: Range<Int64>) -> MP4Layout.Top? {
    boxes.first {
      $0.content.lowerBound <= extent.lowerBound && extent.upperBound <= $0.content.upperBound
    }
  }

  /// Where a stretch of the old file comes to lie; nil where it is not inside one kept box.
  private func moved(
    _ extent: Range<Int64>, by growth: Int64, _ dropped: [Range<Int64>]
  ) -> Range<Int64>? {
    guard let box = box(of: extent), box.type != "meta", !dropped.contains(box.whole) else {
      return nil
    }
    var delta = meta.whole.lowerBound < box.whole.lowerBound ? growth : 0
    for range in dropped where range.lowerBound < box.whole.lowerBound {
      delta -= range.upperBound - range.lowerBound
    }
    return extent.lowerBound + delta..<extent.upperBound + delta
  }
}

extension ItemEdit {
  /// What becomes of the item with the packet.
  struct Change {
    private(set) var locations: ItemLocations
    /// The item with the packet, where there is one before or afterwards.
    let item: Int?
    /// The item, where it is new.
    let added: Int?
    /// The item, where it goes.
    let removed: Int?
    let packet: [UInt8]?
    let isChanged: Bool

    /// Nil where no identifier is left for a new item.
    init?(_ list: ItemList, _ change: [UInt8]??) {
      let old = list.xmp?.id
      isChanged = change != nil
      packet = change ?? nil
      removed = isChanged && packet == nil ? old : nil
      added = packet != nil && old == nil ? list.freeID : nil
      item = old ?? added
      guard packet == nil || item != nil else { return nil }
      locations = list.locations
      guard isChanged else { return }
      locations.all.removeAll { $0.item == old }
      if let packet, let item {
        locations.all.append(
          .init(item: item, method: .file, extents: [0..<Int64(packet.count)]))
      }
    }

    /// Tells of everything but the new packet where it lies now; false where that is not known.
    mutating func move(_ moved: (Range<Int64>) -> Range<Int64>?) -> Bool {
      for index in locations.all.indices {
        let location = locations.all[index]
        guard location.method == .file, !(packet != nil && location.item == item) else { continue }
        let extents = location.extents.compactMap(moved)
        guard extents.count == location.extents.count else { return false }
        locations.all[index].extents = extents
      }
      return true
    }

    /// Puts the new packet at a place of the new file.
    mutating func place(at start: Int64) {
      guard let packet, let last = locations.all.indices.last else { return }
      locations.all[last].extents = [start..<start + Int64(packet.count)]
    }
  }
}
