import Foundations

/// Goes through an IVF file from packet to packet.
///
/// The form: a header of 32 bytes, "DKIF" first, its own length at 6, width and height at 12; then
/// for each packet its length in four bytes, a time in eight, and the bytes.
struct IVFReader: ~Copyable {
  private let file: FileDescriptor
  private let path: FilePath

  private static let fileHeader = 32
  private static let packetHeader = 12
  // A temporal delimiter has two bytes, and the sequence header follows it.
  private static let beginning = 16

  init(_ file: consuming FileDescriptor, _ path: FilePath) {
    self.file = file
    self.path = path
  }

  func index() throws -> IVFIndex {
    let size = try file.status().size
    let header = try file.read(Self.fileHeader, at: 0)
    guard header.count == Self.fileHeader, header.starts(with: Array("DKIF".utf8)),
      header[8..<12].elementsEqual("AV01".utf8)
    else { throw nonsense("it is no AV1 in IVF") }
    var packets: [IVFIndex.Packet] = []
    var place = Int64(header.number(at: 6, bytes: 2))
    while place < size {
      let packet = try self.packet(at: place, packets.count, of: size)
      packets.append(packet)
      place = packet.offset + Int64(packet.size)
    }
    return IVFIndex(
      width: header.number(at: 12, bytes: 2), height: header.number(at: 14, bytes: 2),
      packets: packets)
  }

  private func packet(at place: Int64, _ number: Int, of size: Int64) throws -> IVFIndex.Packet {
    let bytes = try file.read(Self.packetHeader + Self.beginning, at: place)
    guard bytes.count > Self.packetHeader else { throw nonsense("it breaks off") }
    let length = bytes.number(at: 0, bytes: 4)
    let offset = place + Int64(Self.packetHeader)
    guard length > 0 else { throw nonsense("frame \(number) is empty") }
    guard offset + Int64(length) <= size else { throw nonsense("it breaks off in frame \(number)") }
    let isKey = Self.isKey(bytes[Self.packetHeader...].prefix(length))
    return IVFIndex.Packet(offset: offset, size: length, isKey: isKey)
  }

  /// Whether a sequence header comes first, or right behind a temporal delimiter.
  private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
    // The type of a unit is in four bits of its first byte: 2 a delimiter, 1 a sequence header.
    let types = bytes.first.map { first in
      let isDelimiter = first >> 3 & 15 == 2
      let next = isDelimiter ? bytes.dropFirst(2).first : first
      return next.map { $0 >> 3 & 15 } ?? 0
    }
    return types == 1
  }

  private func nonsense(_ what: String) -> FFmpegToolFailure {
    FFmpegToolFailure(.toolNonsense, "what was written to \(path) is of no use: \(what)")
  }
}

extension [UInt8] {
  /// A number of so many bytes, the least first.
  fileprivate func number(at place: Int, bytes: Int) -> Int {
    self[place..<(place + bytes)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
