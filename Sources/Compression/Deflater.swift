import CZlib
import Foundations

/// Packs bytes by deflate, piece by piece, in bounded memory.
package struct Deflater: ~Copyable {
  private static let room = 64 << 10

  private let stream: UnsafeMutablePointer<z_stream>

  private init(_ stream: UnsafeMutablePointer<z_stream>) { self.stream = stream }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// A packer; levels go from 1 (quick) to 9 (small).
  package static func make(
    _ wrapping: Inflater.Wrapping, level: Int32 = 6
  ) throws(CompressionFailure) -> Deflater {
    precondition((1...9).contains(level), "levels go from 1 to 9")
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard mediary_deflate_begin(stream, level, wrapping.rawValue) == Z_OK else {
      stream.deallocate()
      throw CompressionFailure(.compressionOutOfMemory, "no memory to pack bytes")
    }
    return Deflater(stream)
  }

  /// Packs more bytes and calls `each` with what comes of them so far.
  package mutating func pack(
    _ bytes: [UInt8], each: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    try run(bytes, Z_NO_FLUSH, each)
  }

  /// Ends it and calls `each` with the rest.
  package consuming func finish(each: (ArraySlice<UInt8>) throws -> Void) throws {
    try run([], Z_FINISH, each)
  }

  private func run(
    _ bytes: [UInt8], _ flush: Int32, _ each: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var bytes = bytes
    var output = [UInt8](repeating: 0, count: Self.room)
    var place = 0
    while true {
      let (taken, given) = step(&bytes, from: place, into: &output, flush)
      place += taken
      if given > 0 { try each(output[..<given]) }
      // Room that was not used up means that nothing more is to be had.
      if place == bytes.count, given < output.count { return }
    }
  }

  private func step(
    _ bytes: inout [UInt8], from place: Int, into output: inout [UInt8], _ flush: Int32
  ) -> (taken: Int, given: Int) {
    let (left, room) = (bytes.count - place, output.count)
    bytes.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress.map { $0 + place }
        stream.pointee.avail_in = UInt32(clamping: left)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(clamping: room)
        // Its only failures are misuse and having nothing to do, which the numbers show.
        let status = deflate(stream, flush)
        precondition(status != Z_STREAM_ERROR, "the packer was misused")
      }
    }
    return (
      Int(UInt32(clamping: left) - stream.pointee.avail_in),
      room - Int(stream.pointee.avail_out)
    )
  }
}
