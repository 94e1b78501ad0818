import Encoding
import Foundations
import Media
import TestSupport
import Testing

/// A source film with its table and its pieces, encoded by Debian's own ffmpeg.
final class JoinFixture: Sendable {
  let folder: TemporaryFolder
  let film: Film
  let table: FrameTable
  let pieces: [FilePath]

  private init(folder: TemporaryFolder, film: Film, table: FrameTable, pieces: [FilePath]) {
    self.folder = folder
    self.film = film
    self.table = table
    self.pieces = pieces
  }

  /// Describes a source, and encodes its frames in pieces cut at some frames.
  static func make(
    _ source: FilePath, in folder: TemporaryFolder, frames: Int? = nil, cuts: [Int] = [],
    _ options: [String] = ["-pix_fmt", "yuv420p10le"]
  ) throws -> JoinFixture {
    let film = try film(source)
    var table = try table(of: film)
    table.ticks.removeLast(table.count - (frames ?? table.count))
    let ends = cuts + [table.count]
    let pieces = try zip([0] + cuts, ends).enumerated().map { index, frames in
      try ClipCommand.make(
        "piece\(index).ivf", in: folder,
        [
          "-noautorotate", "-i", source.text, "-map", "0:\(film.video.index)", "-fps_mode",
          "passthrough", "-vf", "trim=start_frame=\(frames.0):end_frame=\(frames.1)", "-c:v",
          "libsvtav1", "-preset", "13", "-crf", "55", "-svtav1-params", "lp=1",
        ] + options)
    }
    return JoinFixture(folder: folder, film: film, table: table, pieces: pieces)
  }

  /// A file as the analysis describes it.
  static func film(_ path: FilePath) throws -> Film {
    let report = try MediaProbe.examine(.file(path))
    guard let video = report.mainVideo else { throw CommandRunError("\(path) holds no film") }
    return Film(
      path: path, format: report.format, size: report.size ?? 0, streams: report.streams,
      chapters: report.chapters, tags: report.tags, video: video)
  }

  private static func table(of film: Film) throws -> FrameTable {
    let demuxer = try Demuxer.open(.file(film.path))
    demuxer.select(streams: [film.video.index])
    let packet = try Packet()
    var times: [(ticks: Int64, duration: Int64)] = []
    while try demuxer.read(into: packet) {
      guard let ticks = packet.presentationTicks else { continue }
      times.append((ticks, packet.durationTicks))
    }
    times.sort { $0.ticks < $1.ticks }
    return FrameTable(
      timebase: film.video.timebase, ticks: times.map(\.ticks),
      lastDuration: max(1, times.last?.duration ?? 1),
      entries: [FrameTable.Entry(frame: 0, ticks: times.first?.ticks ?? 0)])
  }

  /// The same pieces for a file that was joined from them.
  static func again(_ fixture: JoinFixture, _ name: String) throws -> JoinFixture {
    let film = try film(fixture.path(name))
    return JoinFixture(
      folder: fixture.folder, film: film, table: try table(of: film), pieces: fixture.pieces)
  }

  /// The same film with what another stream tells of its pictures.
  func described(by stream: StreamDescription) throws -> JoinFixture {
    JoinFixture(
      folder: folder,
      film: Film(
        path: film.path, format: film.format, size: film.size, streams: film.streams,
        chapters: film.chapters, tags: film.tags, video: stream), table: table, pieces: pieces)
  }

  /// The film as a clip made with some options describes its pictures.
  func film(described options: [String]) throws -> Film {
    let colours = [
      "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range",
      "tv",
    ]
    let clip = try ClipCommand.film(
      "described.mkv", in: folder, size: "96x64", frames: 3, colours + options)
    return try described(by: JoinFixture.film(clip).video).film
  }

  /// The film, its sound and subtitles in another file, with the second sound track later.
  func remuxed(_ options: [String] = [], lateBy delay: String = "0") throws -> Film {
    let other = try ClipCommand.make(
      "remuxed.mkv", in: folder,
      ["-i", film.path.text, "-itsoffset", delay, "-i", film.path.text, "-map", "0:v:0"]
        + ["-map", "0:a:0", "-map", "1:a:1", "-map", "0:s", "-c", "copy"] + options)
    return try JoinFixture.film(other)
  }

  /// A path in the fixture's folder.
  func path(_ name: String) -> FilePath { FilePath(folder(name)) }

  /// Joins into a file of the folder, with the film or the table changed first where asked.
  func join(
    _ name: String, _ choices: StreamChoices = StreamChoices(), film other: Film? = nil,
    table changed: FrameTable? = nil, pieces: [FilePath]? = nil, plan: OutputPlan? = nil
  ) throws -> JoinedFilm {
    let film = other ?? film
    let plan = try plan ?? OutputPlan.make(for: film, in: OutputContainer(of: path(name)), choices)
    _ = try FileDescriptor.open(path(name), 0o1102)
    return try FilmJoiner(
      film, plan, table: changed ?? table, area: nil, pieces: pieces ?? self.pieces
    ).write(into: path(name), name: path(name))
  }

  /// What the checks say of a file of the folder.
  func check(
    _ name: String, of joined: JoinedFilm, _ limits: OutputLimits = OutputLimits()
  ) throws -> [OutputCheck] {
    try OutputValidation.run(path(name), of: joined, from: film, limits: limits)
  }
}

extension [OutputCheck] {
  /// The names of those that did not pass, with what they found.
  var failures: [String] {
    filter { !$0.isOK }.map { "\($0.name): \($0.found), not \($0.expected)" }
  }

  /// The names of those that did not pass.
  var failedNames: [String] { filter { !$0.isOK }.map(\.name) }
}

/// All bytes of a file.
func bytes(of path: FilePath) throws -> [UInt8] {
  try SmallFile.read(path, limit: 64 << 20)
}

/// Records what was found where it is not what was wanted.
func same(
  _ found: [String], _ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found == wanted, sourceLocation: sourceLocation)
}
