import CFFmpeg

/// A piece of a stream as it lies in the container: compressed, with its times.
///
/// One owner; its memory goes with it. Reading into the same packet again reuses it.
package struct Packet: ~Copyable {
  let handle: UnsafeMutablePointer<AVPacket>

  /// An empty packet.
  package init() throws(MediaFailure) {
    try LibAV.load(.core)
    guard let handle = av_packet_alloc() else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a packet")
    }
    self.handle = handle
  }

  private init(owning handle: UnsafeMutablePointer<AVPacket>) { self.handle = handle }

  deinit {
    var handle: UnsafeMutablePointer<AVPacket>? = handle
    av_packet_free(&handle)
  }

  /// A second packet on the same bytes, counted; neither may change them.
  package func retained() throws(MediaFailure) -> Packet {
    guard let copy = av_packet_clone(handle) else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a packet")
    }
    return Packet(owning: copy)
  }

  /// The stream it belongs to.
  package var streamIndex: Int {
    get { Int(handle.pointee.stream_index) }
    nonmutating set { handle.pointee.stream_index = Int32(newValue) }
  }

  /// How many bytes it holds.
  package var size: Int { Int(handle.pointee.size) }

  /// A packet on a copy of some bytes, without times.
  package static func make(_ bytes: [UInt8]) throws(MediaFailure) -> Packet {
    let packet = try Packet()
    guard av_new_packet(packet.handle, Int32(clamping: bytes.count)) == 0 else {
      throw MediaFailure(.mediaOutOfMemory, "no memory for a packet of \(bytes.count) bytes")
    }
    let room = UnsafeMutableBufferPointer(start: packet.handle.pointee.data, count: bytes.count)
    _ = room.update(fromContentsOf: bytes)
    return packet
  }

  /// Whether decoding can begin here.
  package var isKeyFrame: Bool {
    get { handle.pointee.flags & AV_PKT_FLAG_KEY != 0 }
    nonmutating set {
      if newValue {
        handle.pointee.flags |= AV_PKT_FLAG_KEY
      } else {
        handle.pointee.flags &= ~AV_PKT_FLAG_KEY
      }
    }
  }

  /// Whether the container says that it is damaged.
  package var isCorrupt: Bool { handle.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 }

  /// When it is shown, in ticks of its stream's time base; nil where the file does not say.
  package var presentationTicks: Int64? {
    get { handle.pointee.pts == mediary_nopts ? nil : handle.pointee.pts }
    nonmutating set { handle.pointee.pts = newValue ?? mediary_nopts }
  }

  /// When it is decoded, in ticks of its stream's time base; nil where the file does not say.
  package var decodingTicks: Int64? {
    get { handle.pointee.dts == mediary_nopts ? nil : handle.pointee.dts }
    nonmutating set { handle.pointee.dts = newValue ?? mediary_nopts }
  }

  /// How long it lasts, in ticks of its stream's time base; 0 where the file does not say.
  package var durationTicks: Int64 {
    get { handle.pointee.duration }
    nonmutating set { handle.pointee.duration = newValue }
  }

  /// Where it lies in the file, nil where that is not known.
  package var position: Int64? { handle.pointee.pos < 0 ? nil : handle.pointee.pos }

  /// Turns its times from one time base to another, as when it moves to another container.
  package func rescale(from: Rational, to: Rational) {
    av_packet_rescale_ts(handle, from.raw, to.raw)
  }

  /// The bytes.
  package var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      let buffer = UnsafeBufferPointer(start: handle.pointee.data, count: size)
      return _overrideLifetime(buffer.span, borrowing: self)
    }
  }

  /// Lets go of the bytes and forgets the times.
  func clear() { av_packet_unref(handle) }
}
