import Foundations
import Media

/// Everything that was read from an output.
struct OutputContent {
  let size: Int64
  let durationSeconds: Double?
  let streams: [StreamDescription]
  let chapters: [Chapter]
  let tags: Tags
  /// How many frames of the film the container's own index tells of, before any was read.
  let indexedFrames: Int
  /// By the streams' numbers.
  var counts: [Int: StreamCount] = [:]

  /// What was counted of one stream.
  struct StreamCount {
    var tally = SourceTally()
    /// Of the film: when its packets are shown, and which of them are keys.
    var ticks: [Int64] = []
    var keyTicks: [Int64] = []
    var decodedFrames = 0
    var damaged = 0
    /// Of sound: how many samples came out, and when the first was heard.
    var samples: Int64 = 0
    var firstSample: Double?
  }

  /// The film.
  var film: StreamDescription? { streams.first(where: \.isFilm) }

  /// What was counted of the film.
  var filmCount: StreamCount { film.flatMap { counts[$0.index] } ?? StreamCount() }

  /// The streams of a kind in order, cover pictures left out.
  func streams(of kind: StreamKind) -> [StreamDescription] {
    streams.filter { $0.kind == kind && !$0.disposition.contains(.attachedPicture) }
  }

  /// The cover pictures.
  var covers: [StreamDescription] {
    streams.filter { $0.disposition.contains(.attachedPicture) }
  }

  /// Each planned track of a kind with what was found in its place.
  func pairs(
    _ joined: JoinedFilm, of kind: StreamKind
  ) -> [(planned: PlannedTrack, found: StreamDescription)] {
    Array(zip(joined.plan.tracks(of: kind), streams(of: kind)))
      .map { (planned: $0.0, found: $0.1) }
  }

  /// Reads a file to its end.
  static func read(
    _ file: FilePath, of joined: JoinedFilm, threads: Int, stop: StopFlag
  ) throws -> OutputContent {
    let demuxer = try Demuxer.open(.file(file), stop: stop)
    let film = demuxer.streams.first(where: \.isFilm)
    var content = OutputContent(
      size: demuxer.size ?? 0,
      // In the containers that are written here it counts from nothing, wherever the film begins.
      durationSeconds: demuxer.durationMicroseconds.map { Double($0) / 1e6 },
      streams: demuxer.streams, chapters: demuxer.chapters, tags: demuxer.tags,
      indexedFrames: film.map { demuxer.indexedTicks(ofStream: $0.index).count } ?? 0)
    var readers: [Int: StreamReader] = [:]
    for pair in content.pairs(joined, of: .audio) {
      guard case .sound = pair.planned.treatment else { continue }
      readers[pair.found.index] = .sound(try SoundReader(pair.found))
    }
    if let film { readers[film.index] = .film(try FilmReader(film, threads: threads)) }
    try content.readAll(demuxer, readers)
    return content
  }

  private mutating func readAll(
    _ demuxer: borrowing Demuxer, _ readers: [Int: StreamReader]
  ) throws {
    let packet = try Packet()
    while try demuxer.read(into: packet) {
      let index = packet.streamIndex
      guard let stream = streams.first(where: { $0.index == index }) else { continue }
      counts[index, default: StreamCount()].tally.take(
        packet, codec: stream.codec, timebase: stream.timebase)
      try readers[index]?.take(packet, &counts[index, default: StreamCount()])
    }
    for (index, reader) in readers {
      try reader.finish(&counts[index, default: StreamCount()])
    }
  }
}

/// Decodes one of the streams that are decoded.
private enum StreamReader {
  case film(FilmReader)
  case sound(SoundReader)

  func take(_ packet: borrowing Packet, _ count: inout OutputContent.StreamCount) throws {
    switch self {
    case .film(let reader): try reader.take(packet, &count)
    case .sound(let reader): try reader.take(packet, &count)
    }
  }

  func finish(_ count: inout OutputContent.StreamCount) throws {
    switch self {
    case .film(let reader): try reader.finish(&count)
    case .sound(let reader): try reader.finish(&count)
    }
  }
}

/// Decodes the film and counts its frames.
private final class FilmReader {
  private let decoder: VideoDecoder

  init(_ stream: StreamDescription, threads: Int) throws {
    decoder = try VideoDecoder.open(stream.parameters, threads: DecodingThreads(count: threads))
  }

  func take(_ packet: borrowing Packet, _ count: inout OutputContent.StreamCount) throws {
    if let ticks = packet.presentationTicks {
      count.ticks.append(ticks)
      if packet.isKeyFrame { count.keyTicks.append(ticks) }
    }
    let damaged = try damages { try decoder.decode(packet) { _ in count.decodedFrames += 1 } }
    count.damaged += damaged
  }

  func finish(_ count: inout OutputContent.StreamCount) throws {
    let damaged = try damages { try decoder.finish { _ in count.decodedFrames += 1 } }
    count.damaged += damaged
  }
}

/// Decodes a sound track and counts its samples.
private final class SoundReader {
  private let decoder: AudioDecoder
  private let timebase: Rational

  init(_ stream: StreamDescription) throws {
    decoder = try AudioDecoder.open(stream.parameters)
    timebase = stream.timebase
  }

  func take(_ packet: borrowing Packet, _ count: inout OutputContent.StreamCount) throws {
    let damaged = try damages { try decoder.decode(packet) { hear($0, &count) } }
    count.damaged += damaged
  }

  func finish(_ count: inout OutputContent.StreamCount) throws {
    let damaged = try damages { try decoder.finish { hear($0, &count) } }
    count.damaged += damaged
  }

  private func hear(_ frame: borrowing AudioFrame, _ count: inout OutputContent.StreamCount) {
    if count.firstSample == nil {
      count.firstSample = frame.presentationTicks
        .map { MediaTime(ticks: $0, timebase: timebase).seconds }
    }
    count.samples += Int64(frame.samples)
  }
}

/// Does some decoding; 1 where the bytes are to blame that it failed, which is no end.
private func damages(_ work: () throws -> Void) throws -> Int {
  do {
    try work()
    return 0
  } catch let failure as MediaFailure where failure.kind == .badMedia {
    return 1
  }
}
