package import Foundations
package import Media

/// A whole file taken over into another container, packet by packet.
package enum ClipRemux {
  /// Copies streams, chapters, tags and packets.
  package static func copy(
    _ source: MediaSource, to target: MediaTarget, options: MuxerOptions = MuxerOptions(),
    dropsOrientation: Bool = false, stop: StopFlag = StopFlag()
  ) throws {
    let demuxer = try Demuxer.open(source)
    var options = options
    options.tags = demuxer.tags
    var muxer = try Muxer.make(target, options: options, stop: stop)
    var places: [Int: Int] = [:]
    // Data are MP4's own track of chapter names, which the muxer makes anew.
    for stream in demuxer.streams where stream.kind != .data {
      places[stream.index] = try muxer.addStream(
        copying: stream, dropsOrientation: dropsOrientation)
    }
    try muxer.addChapters(demuxer.chapters)
    try muxer.start()
    do {
      let packet = try Packet()
      while try demuxer.read(into: packet) {
        guard let place = places[packet.streamIndex] else { continue }
        try muxer.write(packet, stream: place)
      }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
  }
}
