import CZlib
import Foundations

/// Unpacks what deflate packed, piece by piece, in bounded memory.
package struct Inflater: ~Copyable {
  /// What is around the packed bytes.
  package enum Wrapping: Int32, Sendable {
    /// Nothing, as in ZIP archives.
    case raw = -15
    /// zlib's two bytes and checksum, as in PNG.
    case zlib = 15
    /// gzip's head and checksum.
    case gzip = 31
  }

  private static let room = 64 << 10

  private let stream: UnsafeMutablePointer<z_stream>
  private let most: Int64
  private var made: Int64 = 0
  /// Whether the end of the packed bytes was reached.
  package private(set) var isFinished = false

  private init(_ stream: UnsafeMutablePointer<z_stream>, most: Int64) {
    self.stream = stream
    self.most = most
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// An unpacker that gives no more than `most` bytes: a bomb ends in a failure.
  package static func make(
    _ wrapping: Wrapping, atMost most: Int64
  ) throws(CompressionFailure) -> Inflater {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard mediary_inflate_begin(stream, wrapping.rawValue) == Z_OK else {
      stream.deallocate()
      throw CompressionFailure(.compressionOutOfMemory, "no memory to unpack bytes")
    }
    return Inflater(stream, most: most)
  }

  /// Unpacks more bytes and calls `each` with what comes of them, some tens of kilobytes at a time.
  ///
  /// What follows the end of the packed bytes is left alone.
  package mutating func unpack(
    _ packed: [UInt8], each: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var packed = packed
    var output = [UInt8](repeating: 0, count: Self.room)
    var place = 0
    while place < packed.count, !isFinished {
      let (taken, given) = try step(&packed, from: place, into: &output)
      place += taken
      made += Int64(given)
      guard made <= most else {
        throw CompressionFailure(
          .compressionTooLarge, "packed bytes hold more than the \(most) that they may")
      }
      if given > 0 { try each(output[..<given]) }
    }
  }

  private mutating func step(
    _ packed: inout [UInt8], from place: Int, into output: inout [UInt8]
  ) throws(CompressionFailure) -> (taken: Int, given: Int) {
    let (left, room) = (packed.count - place, output.count)
    let status = packed.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress.map { $0 + place }
        stream.pointee.avail_in = UInt32(clamping: left)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(clamping: room)
        return inflate(stream, Z_NO_FLUSH)
      }
    }
    let taken = Int(UInt32(clamping: left) - stream.pointee.avail_in)
    let given = room - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: isFinished = true
    case Z_OK: break
    case Z_MEM_ERROR:
      throw CompressionFailure(.compressionOutOfMemory, "no memory to unpack bytes")
    default: throw CompressionFailure(.compressionDamaged, "packed bytes are damaged")
    }
    return (taken, given)
  }

  /// All that whole packed bytes hold.
  package static func unpack(
    _ packed: [UInt8], _ wrapping: Wrapping, atMost most: Int64
  ) throws -> [UInt8] {
    var inflater = try make(wrapping, atMost: most)
    var bytes: [UInt8] = []
    try inflater.unpack(packed) { bytes += $0 }
    guard inflater.isFinished else {
      throw CompressionFailure(.compressionDamaged, "packed bytes are cut off")
    }
    return bytes
  }
}
