package import Foundations

/// Looks into media: what they hold, and whether they are whole.
package enum MediaProbe {
  /// How far it looks for what the headers do not tell.
  private enum Bound {
    /// Frames whose times are compared.
    static let sampledFrames = 240
    /// Bytes read for that, and for the first picture of an HDR film.
    static let sampledBytes = 4 << 20
    static let firstFrameBytes = 64 << 20
  }

  /// Opens the source and describes it.
  ///
  /// One error says why it cannot be.
  package static func examine(
    _ source: MediaSource, stop: StopFlag = StopFlag()
  ) throws(MediaFailure) -> MediaReport {
    do {
      return try describe(source, stop)
    } catch  where error.code == .mediaDamaged {
      // Where the end is missing, that is what is wrong, and not what libav stumbled over.
      guard case .truncated(let missing) = StructureCheck.run(source) else { throw error }
      throw MediaFailure(truncated: source.name, missingBytes: missing, cause: error)
    }
  }

  private static func describe(
    _ source: MediaSource, _ stop: StopFlag
  ) throws(MediaFailure) -> MediaReport {
    let demuxer = try Demuxer.open(source, stop: stop)
    var report = MediaReport(demuxer, name: source.name)
    try requireContent(report)
    if report.kind == .video, let film = report.streams.first(where: \.isFilm) {
      demuxer.select(streams: [film.index])
      try lookIntoFrames(demuxer, film, &report)
    }
    report.completeness = StructureCheck.run(source)
    return report
  }

  private static func requireContent(_ report: MediaReport) throws(MediaFailure) {
    guard !report.streams.isEmpty else {
      throw MediaFailure(.noStream, "\(report.name) has no stream at all")
    }
    // A format found in noise often has a picture of no size, or sound of no rate.
    let hasSubstance = report.streams.contains { stream in
      if let video = stream.video { return video.width > 0 && video.height > 0 }
      if let audio = stream.audio { return audio.sampleRate > 0 && audio.layout.channels > 0 }
      return true
    }
    guard hasSubstance else {
      throw MediaFailure(
        .mediaDamaged, "\(report.name) looks like \(report.format), but no stream in it can be read"
      )
    }
  }

  /// Reads some packets of the film: for the times of its frames, and for its first picture, which
  /// alone tells the static HDR data of HEVC and the presence of HDR10+.
  private static func lookIntoFrames(
    _ demuxer: borrowing Demuxer, _ film: StreamDescription, _ report: inout MediaReport
  ) throws(MediaFailure) {
    var times = demuxer.indexedTicks(ofStream: film.index)
    let indexIsWhole = film.frameCount.map { times.count >= $0 } ?? false
    var wantsFrame = film.video.map(mayCarryHDR) ?? false
    if !indexIsWhole { times = [] }

    var decoder: VideoDecoder?
    if wantsFrame { decoder = try? VideoDecoder.open(film.parameters) }
    let packet = try Packet()
    var bytes = 0
    var frames = 0
    var decodedUpTo = Int64.min
    while true {
      let wantsTimes = !indexIsWhole && frames < Bound.sampledFrames && bytes < Bound.sampledBytes
      wantsFrame = wantsFrame && bytes < Bound.firstFrameBytes && decoder != nil
      guard wantsTimes || wantsFrame else { break }
      do throws(MediaFailure) {
        guard try demuxer.read(into: packet) else { break }
      } catch {
        // The headers were fine; what follows being damaged is for a full check to tell.
        if error.code == .stopped { throw error }
        break
      }
      guard packet.streamIndex == film.index else { continue }
      bytes += packet.size
      frames += 1
      if wantsTimes, let ticks = packet.presentationTicks { times.append(ticks) }
      decodedUpTo = packet.decodingTicks ?? decodedUpTo
      if wantsFrame { wantsFrame = !takeFirstFrame(packet, &decoder, film.index, &report) }
    }
    // Frames are stored in the order they are decoded: of those shown after the last one decoded,
    // some are still to come, and the gaps they leave are no pace.
    if !indexIsWhole, decodedUpTo > .min { times.removeAll { $0 > decodedUpTo } }
    report.frameRateMode = FrameTimes.mode(of: times)
    report.measuredFrameRate = FrameTimes.rate(of: times, timebase: film.timebase)
  }

  /// Static HDR data hide in the frames of anything that may be HDR: more than 8 bits, or a curve
  /// that says so.
  private static func mayCarryHDR(_ video: VideoDescription) -> Bool {
    video.colour.isHighDynamicRange || video.dolbyVision != nil
      || (video.bitDepth ?? 8) > 8 && video.colour.transferName == nil
  }

  private static func takeFirstFrame(
    _ packet: borrowing Packet, _ decoder: inout VideoDecoder?, _ index: Int,
    _ report: inout MediaReport
  ) -> Bool {
    var isFound = false
    var display: MasteringDisplay?
    var light: ContentLightLevel?
    var hasHDR10Plus = false
    // A damaged first packet is no reason to say nothing of the file; the next one may do.
    try? decoder?.decode(packet) { frame in
      guard !isFound else { return }
      isFound = true
      display = frame.masteringDisplay
      light = frame.lightLevel
      hasHDR10Plus = frame.hasHDR10Plus
    }
    guard isFound, let place = report.streams.firstIndex(where: { $0.index == index }),
      var video = report.streams[place].video
    else { return false }
    // What the container says stands above what one frame says.
    video.masteringDisplay = video.masteringDisplay ?? display
    video.lightLevel = video.lightLevel ?? light
    video.hasHDR10Plus = hasHDR10Plus
    report.streams[place].video = video
    return true
  }
}
