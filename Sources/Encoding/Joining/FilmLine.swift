import Media

/// Gives the frames of the pieces their times, one after the other.
struct FilmLine: ~Copyable {
  private let table: FrameTable
  private let stream: Int
  private let progress: @Sendable (Int) -> Void
  private var isAtEnd = false
  private var frame = 0

  init(table: FrameTable, stream: Int, progress: @escaping @Sendable (Int) -> Void) {
    self.table = table
    self.stream = stream
    self.progress = progress
  }

  /// Writes the frames that are shown up to a time in seconds; all that are left without one.
  mutating func write(
    from reader: inout PieceReader, until seconds: Double?, into muxer: inout Muxer
  ) throws {
    let packet = try Packet()
    while !isAtEnd, frame < table.count, seconds.map({ time(frame) <= $0 }) ?? true {
      guard try reader.read(into: packet) else { return isAtEnd = true }
      let ticks = table.ticks[frame]
      packet.presentationTicks = ticks
      // AV1 hides frames that are shown later inside others: packets come in the order of showing.
      packet.decodingTicks = ticks
      packet.durationTicks =
        frame + 1 < table.count ? table.ticks[frame + 1] - ticks : table.lastDuration
      try muxer.write(packet, stream: stream)
      frame += 1
      progress(frame)
    }
    // One more than the table has is a miscount, which the reader's number tells.
    if seconds == nil, !isAtEnd { isAtEnd = try !reader.read(into: packet) }
  }

  private func time(_ frame: Int) -> Double {
    MediaTime(ticks: table.ticks[frame], timebase: table.timebase).seconds
  }
}
