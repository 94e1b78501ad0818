import Foundations

/// The elements of the segment, of which only small ones are ever held in memory.
struct MatroskaLayout {
  static let seekHead: UInt64 = 0x114D_9B74
  static let tags: UInt64 = 0x1254_C367
  static let attachments: UInt64 = 0x1941_A469
  static let void: UInt64 = 0xEC
  static let checksum: UInt64 = 0xBF

  /// One element of the segment.
  struct Child {
    let id: UInt64
    let whole: Range<Int64>
    let content: Range<Int64>
    var count: Int64 { whole.upperBound - whole.lowerBound }
  }

  let children: [Child]
  /// Where the segment's head, whose size may change, begins.
  let segmentHead: Range<Int64>
  let sizeWidth: Int
  let segmentEnd: Int64
  /// Whether some size is not known, as in live streams: then nothing may be moved or added.
  let isOpen: Bool

  init(_ file: SourceFile) throws {
    var place: Int64 = 0
    var segment: (head: EBMLHead, place: Int64)?
    for _ in 0..<16 where segment == nil {
      guard let head = EBMLHead(try file.start(12, at: place)) else {
        throw file.damaged("it has no segment")
      }
      if head.id == 0x1853_8067 {
        segment = (head, place)
      } else {
        guard let size = head.size else { throw file.damaged("it has no segment") }
        place = try file.range(place + Int64(head.length), count: size).upperBound
      }
    }
    guard let (head, start) = segment else { throw file.damaged("it has no segment") }
    let first = start + Int64(head.length)
    let end = try head.size.map { try file.range(first, count: $0).upperBound } ?? file.size
    segmentHead = start..<first
    sizeWidth = head.sizeWidth
    segmentEnd = end
    (children, isOpen) = try Self.children(file, first..<end, isOpen: head.size == nil)
  }

  private static func children(
    _ file: SourceFile, _ range: Range<Int64>, isOpen: Bool
  ) throws -> ([Child], Bool) {
    var children: [Child] = []
    var place = range.lowerBound
    while place < range.upperBound {
      guard children.count < MetadataLimits.pages else { throw file.damaged("too many elements") }
      guard let head = EBMLHead(try file.start(12, at: place)) else {
        throw file.damaged("no element where one should be")
      }
      // What lies inside an open cluster is not looked through.
      guard let size = head.size else { return (children, true) }
      let content = try file.range(place + Int64(head.length), count: size)
      guard content.upperBound <= range.upperBound else {
        throw file.damaged("an element reaches past the segment")
      }
      children.append(Child(id: head.id, whole: place..<content.upperBound, content: content))
      place = content.upperBound
    }
    return (children, isOpen)
  }

  /// A place as the file's own index counts it.
  func position(_ place: Int64) -> Int64 { place - segmentHead.upperBound }
}
