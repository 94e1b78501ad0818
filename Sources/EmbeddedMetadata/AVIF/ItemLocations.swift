/// Where the content of items lies: the box `iloc`.
struct ItemLocations {
  /// What offsets count from.
  enum Method: Int {
    /// The start of the file.
    case file = 0
    /// The start of what the box `idat` holds.
    case data = 1
  }

  /// One item's stretches, in order.
  struct Location {
    let item: Int
    let method: Method
    var extents: [Range<Int64>]
  }

  private let version: UInt8
  var all: [Location] = []

  /// Nil of a box that is broken, or that holds what is not known here: offsets within other
  /// items, content in other files, and lengths that are left open.
  init?(_ box: [UInt8]) {
    guard let version = box.first, version <= 2, let sizes = box.count(2, at: 4),
      let count = box.count(version < 2 ? 2 : 4, at: 6)
    else { return nil }
    self.version = version
    let widths = [12, 8, 4, 0].map { sizes >> $0 & 15 }
    guard widths.allSatisfy({ [0, 4, 8].contains($0) }) else { return nil }
    let (offset, length, base) = (widths[0], widths[1], widths[2])
    let index = version == 0 ? 0 : widths[3]
    var place = version < 2 ? 8 : 10
    let next = { (width: Int) -> Int64? in
      defer { place += width }
      return width == 0 ? 0 : box.number(width, at: place).flatMap { Int64(exactly: $0) }
    }
    for _ in 0..<count {
      guard let item = next(version < 2 ? 2 : 4), let kind = next(version == 0 ? 0 : 2),
        let method = Method(rawValue: Int(kind) & 15), next(2) == 0, let start = next(base),
        let parts = next(2)
      else { return nil }
      var location = Location(item: Int(item), method: method, extents: [])
      for _ in 0..<parts {
        guard next(index) != nil, let from = next(offset), let size = next(length), size > 0
        else { return nil }
        let (begin, isOver) = start.addingReportingOverflow(from)
        let (end, isPast) = begin.addingReportingOverflow(size)
        guard !isOver, !isPast else { return nil }
        location.extents.append(begin..<end)
      }
      all.append(location)
    }
  }

  subscript(item: Int) -> Location? { all.first { $0.item == item } }

  /// The box; `isWide` where a place of the file needs more than 32 bits.
  func made(isWide: Bool) -> [UInt8] {
    let isFile = all.allSatisfy { $0.method == .file }
    let version = version == 0 && !isFile ? 1 : version
    let (number, place) = (version < 2 ? 2 : 4, isWide ? 8 : 4)
    var box: [UInt8] = [version, 0, 0, 0, isWide ? 0x88 : 0x44, 0]
    box += [UInt8](all.count, width: number)
    for location in all {
      box += [UInt8](location.item, width: number)
      if version > 0 { box += [UInt8](location.method.rawValue, width: 2) }
      box += [0, 0] + [UInt8](location.extents.count, width: 2)
      for extent in location.extents {
        box += [UInt8](extent.lowerBound, width: place)
        box += [UInt8](extent.upperBound - extent.lowerBound, width: place)
      }
    }
    return MP4Box.made("iloc", box)
  }
}
