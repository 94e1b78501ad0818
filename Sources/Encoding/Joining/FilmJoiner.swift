package import Foundations
package import Media

/// Joins encoded pieces and everything else of a film into one file.
///
/// One pass over the source: its packets go along with the frames of the same time, sound is encoded
/// on the way. The same input gives the same bytes.
package struct FilmJoiner: Sendable {
  private let film: Film
  private let plan: OutputPlan
  private let table: FrameTable
  private let area: PictureArea?
  private let turn: Orientation
  private let pieces: [FilePath]
  private let stop: StopFlag
  /// Called with the number of frames written.
  private let progress: @Sendable (Int) -> Void

  /// A join of pieces in order, which together hold as many frames as the table.
  ///
  /// - Parameters:
  ///   - area: the part of the source's pictures that the pieces show; nil for all.
  ///   - turn: how the pieces' pictures are turned already.
  package init(
    _ film: Film, _ plan: OutputPlan, table: FrameTable, area: PictureArea?,
    turn: Orientation = .upright, pieces: [FilePath],
    stop: StopFlag = StopFlag(), progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.film = film
    self.plan = plan
    self.table = table
    self.area = area
    self.turn = turn
    self.pieces = pieces
    self.stop = stop
    self.progress = progress
  }

  /// Writes the whole output into a file that stands already, empty; `name` is what messages call it.
  package func write(into file: FilePath, name: FilePath) throws -> JoinedFilm {
    var reader = try PieceReader.open(pieces, stop: stop)
    let shift = TimeShift(film: film, tracks: plan.tracks, table: table)
    let moved = shift.moved(table)
    var muxer = try makeMuxer(file, name)
    do {
      let filmStream = try addFilm(reader.parameters, moved, to: &muxer)
      let lanes = try addOthers(moved, shift, to: &muxer)
      try muxer.addChapters(plan.chapters.map { Self.moved($0, shift) })
      try muxer.start()
      var line = FilmLine(table: moved, stream: filmStream, progress: progress)
      let endedEarly = try pour(lanes, shift, &line, &reader, into: &muxer)
      guard reader.count == moved.count else { throw miscount(reader.count) }
      try muxer.finish()
      let size = pictureSize
      return JoinedFilm(
        plan: plan, table: moved, width: size.width, height: size.height, display: display,
        tallies: lanes.mapValues(\.tally), shift: shift, endedEarly: endedEarly)
    } catch {
      muxer.abandon()
      throw error
    }
  }

  private func makeMuxer(_ file: FilePath, _ name: FilePath) throws -> Muxer {
    var options = MuxerOptions()
    options.container = plan.container.muxer
    options.tags = plan.tags
    options.isReproducible = true
    options.settings = plan.container.settings
    let sink = try FileByteSink(FileDescriptor.open(file, Self.readWrite), name: name.text)
    return try Muxer.make(.bytes(sink), options: options, stop: stop)
  }

  // O_RDWR, by its number: no C module is imported this high up.
  private static let readWrite: Int32 = 2

  private func addFilm(
    _ parameters: CodecParameters, _ table: FrameTable, to muxer: inout Muxer
  ) throws -> Int {
    let video = film.video.video
    let stated = try parameters.restated(
      timebase: table.timebase, frameRate: evenRate(table), colour: film.encodedColour,
      masteringDisplay: video?.masteringDisplay, lightLevel: video?.lightLevel)
    var settings = StreamSettings(like: film.video)
    settings.sampleAspect = display.sampleAspect
    settings.orientation = display.orientation
    return try muxer.addStream(stated, settings: settings)
  }

  /// The rate to tell the container, nil where it varies.
  private func evenRate(_ table: FrameTable) -> Rational? {
    let isEven = FrameTimes.mode(of: table.ticks) != .variable
    return isEven ? film.video.video?.frameRate : nil
  }

  private func addOthers(
    _ table: FrameTable, _ shift: TimeShift, to muxer: inout Muxer
  ) throws -> [Int: TrackLane] {
    let end = MediaTime(
      ticks: (table.ticks.last ?? 0) + table.lastDuration, timebase: table.timebase)
    var lanes: [Int: TrackLane] = [:]
    for track in plan.tracks where track.source.index != film.video.index {
      lanes[track.source.index] = try TrackLane(
        track, in: plan.container, to: &muxer, shift: shift,
        limitSeconds: end.seconds + Self.longestTail)
    }
    return lanes
  }

  /// So many seconds sound may go on after the pictures; a later time is one that is damaged.
  private static let longestTail = 3_600.0

  private static func moved(_ chapter: Chapter, _ shift: TimeShift) -> Chapter {
    Chapter(
      containerID: chapter.containerID, start: shift.moved(chapter.start),
      end: shift.moved(chapter.end), tags: chapter.tags)
  }

  /// Writes all packets; tells whether the source ended before its end.
  private func pour(
    _ lanes: [Int: TrackLane], _ shift: TimeShift, _ line: inout FilmLine,
    _ reader: inout PieceReader, into muxer: inout Muxer
  ) throws -> Bool {
    let source = try Demuxer.open(.file(film.path), stop: stop)
    source.select(streams: Set(lanes.keys))
    let packet = try Packet()
    var endedEarly = false
    while !endedEarly, !lanes.isEmpty {
      do throws(MediaFailure) {
        guard try source.read(into: packet) else { break }
      } catch {
        // What could be read is kept, as the pictures are; the checks tell what is missing.
        guard error.kind == .badMedia else { throw error }
        endedEarly = true
        continue
      }
      guard let lane = lanes[packet.streamIndex] else { continue }
      if let ticks = packet.presentationTicks, let stream = stream(packet.streamIndex) {
        // Frames go along with the rest, so that a reader has both at hand.
        let time = shift.moved(MediaTime(ticks: ticks, timebase: stream.timebase))
        try line.write(from: &reader, until: time.seconds, into: &muxer)
      }
      try lane.take(packet) { try muxer.write($0, stream: lane.output) }
    }
    try line.write(from: &reader, until: nil, into: &muxer)
    for lane in lanes.values.sorted(by: { $0.output < $1.output }) {
      try lane.finish { try muxer.write($0, stream: lane.output) }
    }
    return endedEarly
  }

  private func stream(_ index: Int) -> StreamDescription? {
    film.streams.first { $0.index == index }
  }

  private func miscount(_ found: Int) -> EncodingFailure {
    EncodingFailure(
      .encodingPoison, "the pieces hold \(found) frames where the film has \(table.count)",
      hint: "remove the work folder, and run again")
  }

  private var pictureSize: (width: Int, height: Int) {
    let width = area?.width ?? film.video.video?.width ?? 0
    let height = area?.height ?? film.video.video?.height ?? 0
    return turn.swapsSides ? (height, width) : (width, height)
  }

  /// What is still to be done to the pictures when they are shown.
  private var display: JoinedFilm.Display {
    let told = film.video.video
    let holdsTurn = plan.container.muxer?.holdsOrientation == true
    let isTurned = turn != .upright
    return JoinedFilm.Display(
      sampleAspect: turn.swapsSides ? told?.sampleAspect?.inverted : told?.sampleAspect,
      orientation: isTurned || !holdsTurn ? .upright : told?.orientation ?? .upright)
  }
}
