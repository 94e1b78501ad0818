/// What is known of a media file after looking into it.
package struct MediaReport: Sendable {
  /// What sort of thing the file is to its owner.
  package enum Kind: String, Sendable {
    case video, audio, picture, subtitle, data
  }

  /// How the frames of a film follow each other.
  package enum FrameRateMode: String, Sendable {
    case constant, variable
  }

  /// What messages call the source.
  package let name: String
  package let kind: Kind
  /// libav's names of the format: "matroska,webm".
  package let format: String
  package let formatFullName: String?
  package let durationMicroseconds: Int64?
  package let startMicroseconds: Int64?
  package let size: Int64?
  /// Bits a second on the whole.
  package let bitrate: Int?
  package internal(set) var streams: [StreamDescription]
  package let chapters: [Chapter]
  package let tags: Tags
  /// How the frames of the first film follow each other, as far as was looked.
  package internal(set) var frameRateMode: FrameRateMode?
  /// Frames a second of the first film by their own times, over those that were looked at.
  package internal(set) var measuredFrameRate: Double?
  /// Whether the file is as long as it says itself.
  package internal(set) var completeness: Completeness

  /// The film, or the picture; never a cover where there is a film.
  package var mainVideo: StreamDescription? {
    streams.first { $0.isFilm } ?? streams.first { $0.kind == .video }
  }

  /// The sound streams.
  package var audio: [StreamDescription] { streams.filter { $0.kind == .audio } }

  /// How long it lasts, nil for pictures and where nothing tells it.
  package var duration: Duration? {
    kind == .picture ? nil : durationMicroseconds.map { .microseconds($0) }
  }

  init(_ demuxer: borrowing Demuxer, name: String) {
    self.name = name
    format = demuxer.format
    formatFullName = demuxer.formatFullName
    durationMicroseconds = demuxer.durationMicroseconds
    startMicroseconds = demuxer.startMicroseconds
    size = demuxer.size
    bitrate = demuxer.bitrate
    let streams = demuxer.streams
    self.streams = streams
    chapters = demuxer.chapters
    tags = demuxer.tags
    frameRateMode = nil
    measuredFrameRate = nil
    completeness = .unknown
    kind = Self.kind(
      format: demuxer.format, brand: demuxer.tags["major_brand"] ?? "", streams: streams)
  }

  private static let stillBrands: Set<String> = ["avif", "heic", "heix", "mif1", "miaf"]

  private static func kind(
    format: String, brand: String, streams: [StreamDescription]
  ) -> Kind {
    // libav's picture formats are the ones it reads as a pipe of single pictures.
    let isPictureFormat = format.hasSuffix("_pipe") || format == "image2" || format == "ico"
    let films = streams.filter(\.isFilm)
    if isPictureFormat, !films.isEmpty { return .picture }
    // AVIF and HEIF: the container of MP4 with a still picture inside.
    if films.count == streams.count, films.first?.frameCount == 1, stillBrands.contains(brand) {
      return .picture
    }
    if !films.isEmpty { return .video }
    if streams.contains(where: { $0.kind == .audio }) { return .audio }
    if streams.contains(where: { $0.kind == .subtitle }) { return .subtitle }
    return streams.contains { $0.kind == .video } ? .picture : .data
  }
}

/// Whether a file is as long as its own structure says.
package enum Completeness: Sendable, Equatable {
  /// Everything is there.
  case complete
  /// The end is missing; how many bytes at least, where that can be told.
  case truncated(missingBytes: Int64?)
  /// The format does not say.
  case unknown
}
