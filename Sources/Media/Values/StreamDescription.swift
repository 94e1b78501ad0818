/// What a container says of one stream.
package struct StreamDescription: Sendable {
  /// Its place in the container, from 0.
  package let index: Int
  /// The container's own number for it, nil where it has none.
  package let containerID: Int?
  package let kind: StreamKind
  /// libav's name of the codec: "h264", "av1", "opus".
  package let codec: String
  /// The codec's name in full.
  package let codecFullName: String?
  /// "High", "Main 10", …; the codec's number for one that has no name.
  package let profile: String?
  /// The codec's level as it writes it (40 for H.264's 4.0, 120 for HEVC's).
  package let level: Int?
  /// The container's four letters for the codec.
  package let codecTag: String?
  /// What its times count in.
  package let timebase: Rational
  package let start: MediaTime?
  package let duration: MediaTime?
  /// How many frames, where the container says so.
  package let frameCount: Int?
  /// Bits a second, where it is known.
  package let bitrate: Int?
  package let disposition: Disposition
  package let tags: Tags
  package internal(set) var video: VideoDescription?
  package let audio: AudioDescription?
  /// What a decoder or a muxer needs.
  package let parameters: CodecParameters

  /// The language as the file says it, nil for none and for "und".
  package var language: String? {
    guard let language = tags["language"], language != "und", !language.isEmpty else { return nil }
    return language
  }

  /// The title the file gives it.
  package var title: String? { tags["title"] }

  /// Whether it is a film and not a cover picture.
  package var isFilm: Bool { kind == .video && !disposition.contains(.attachedPicture) }
}

/// A named span of a film.
package struct Chapter: Sendable {
  /// The container's own number for it.
  package let containerID: Int64
  package let start: MediaTime
  package let end: MediaTime
  package let tags: Tags

  /// A span by its ends; the title is one of the tags.
  package init(containerID: Int64 = 0, start: MediaTime, end: MediaTime, tags: Tags) {
    self.containerID = containerID
    self.start = start
    self.end = end
    self.tags = tags
  }

  /// What it is called.
  package var title: String? { tags["title"] }
}
