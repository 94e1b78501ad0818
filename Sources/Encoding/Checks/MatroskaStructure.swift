import Foundations

/// The outermost elements of a Matroska file (RFC 9559, 5.1).
enum MatroskaStructure {
  private enum ID {
    static let segment: UInt64 = 0x1853_8067
    static let seekHead: UInt64 = 0x114D_9B74
    static let info: UInt64 = 0x1549_A966
    static let tracks: UInt64 = 0x1654_AE6B
    static let cluster: UInt64 = 0x1F43_B675
    static let cues: UInt64 = 0x1C53_BB6B
    static let chapters: UInt64 = 0x1043_A770
    static let attachments: UInt64 = 0x1941_A469
    static let tags: UInt64 = 0x1254_C367
    static let void: UInt64 = 0xEC
    static let checksum: UInt64 = 0xBF
    static let cuePoint: UInt64 = 0xBB
    static let cueTime: UInt64 = 0xB3
    static let cuePositions: UInt64 = 0xB7
    static let cueTrack: UInt64 = 0xF7
    static let cueCluster: UInt64 = 0xF1

    static let known: Set<UInt64> = [
      seekHead, info, tracks, cluster, cues, chapters, attachments, tags, void, checksum,
    ]
  }

  /// The file's first level must be a header and one segment, which ends where the file does.
  static func look(at file: borrowing PlacedBytes) throws(FileFailure) -> FileStructure {
    var structure = FileStructure()
    guard let header = try Element.read(file, at: 0),
      let segment = try Element.read(file, at: header.end), segment.id == ID.segment
    else { return FileStructure(fault: "there is no segment behind the header") }
    guard segment.end <= file.size else {
      let missing = segment.end - file.size
      return FileStructure(
        fault: "\(HumanText.count(missing, "byte")) missing at the end", missing: missing)
    }
    let over = file.size - segment.end
    if over > 0 { structure.fault = "\(HumanText.count(over, "byte")) behind the end" }
    var place = segment.start
    var seen: Set<UInt64> = []
    var clusters: Set<Int64> = []
    var cues: Element?
    while place < segment.end {
      guard let element = try Element.read(file, at: place), element.end <= segment.end,
        ID.known.contains(element.id)
      else {
        structure.fault = "bytes at \(place) that are no element"
        return structure
      }
      seen.insert(element.id)
      if element.id == ID.cluster { clusters.insert(place - segment.start) }
      if element.id == ID.cues { cues = element }
      place = element.end
    }
    let needed = [
      (ID.seekHead, "list of its parts"), (ID.info, "description"), (ID.tracks, "list of tracks"),
      (ID.cluster, "cluster"),
    ]
    for (id, name) in needed where !seen.contains(id) { structure.fault = "there is no \(name)" }
    if let cues { structure.indexTicks = try ticks(cues, file, clusters) }
    return structure
  }

  /// The times that the cues tell of the first track, as far as they point to a cluster.
  private static func ticks(
    _ cues: Element, _ file: borrowing PlacedBytes, _ clusters: Set<Int64>
  ) throws(FileFailure) -> [Int64] {
    let bytes = try file.read(Int(clamping: cues.end - cues.start), at: cues.start)
    var ticks: [Int64] = []
    for point in Element.children(bytes[...]) where point.id == ID.cuePoint {
      var time: Int64?
      for part in Element.children(point.content) {
        if part.id == ID.cueTime { time = Element.number(part.content) }
        guard part.id == ID.cuePositions, let time else { continue }
        let values = Element.children(part.content)
        let track = values.first { $0.id == ID.cueTrack }.map { Element.number($0.content) }
        let cluster = values.first { $0.id == ID.cueCluster }.map { Element.number($0.content) }
        if track == 1, let cluster, clusters.contains(cluster) { ticks.append(time) }
      }
    }
    return ticks
  }

  /// One element: its name and where its content lies.
  private struct Element {
    let id: UInt64
    let start: Int64
    let end: Int64

    /// The element at a place; nil where there is none that can be.
    static func read(
      _ file: borrowing PlacedBytes, at place: Int64
    ) throws(FileFailure) -> Element? {
      guard let head = head(try file.read(12, at: place)[...]) else { return nil }
      let start = place + Int64(head.length)
      let (end, overflow) = start.addingReportingOverflow(head.size)
      return overflow ? nil : Element(id: head.id, start: start, end: end)
    }

    /// The elements inside some content.
    static func children(_ bytes: ArraySlice<UInt8>) -> [(id: UInt64, content: ArraySlice<UInt8>)] {
      var rest = bytes
      var list: [(id: UInt64, content: ArraySlice<UInt8>)] = []
      while let head = head(rest), rest.count - head.length >= head.size {
        let content = rest.dropFirst(head.length).prefix(Int(head.size))
        list.append((head.id, content))
        rest = rest[content.endIndex...]
      }
      return list
    }

    static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
      Int64(truncatingIfNeeded: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    private static func head(
      _ bytes: ArraySlice<UInt8>
    ) -> (id: UInt64, size: Int64, length: Int)? {
      guard let first = bytes.first, first != 0 else { return nil }
      let idLength = first.leadingZeroBitCount + 1
      guard idLength <= 4, bytes.count > idLength else { return nil }
      let id = bytes.prefix(idLength).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      let rest = bytes.dropFirst(idLength)
      guard let mark = rest.first, mark != 0 else { return nil }
      let length = mark.leadingZeroBitCount + 1
      guard rest.count >= length else { return nil }
      let value = rest.prefix(length).dropFirst().reduce(UInt64(mark) & (0xFF >> UInt64(length))) {
        $0 << 8 | UInt64($1)
      }
      return (id, Int64(value), idLength + length)
    }
  }
}
