/// How a container is written.
package struct MuxerOptions: Sendable {
  /// The container; nil goes by the extension of the target's name.
  package var container: Container?
  /// The texts that the file carries about itself.
  package var tags = Tags()
  /// Whether writing the same packets twice gives the same bytes: no random numbers, no date, and
  /// no name of the program.
  package var isReproducible = false
  /// Settings of the muxer itself ("movflags"); one it does not know is an error.
  package var settings: [(key: String, value: String)] = []

  /// The defaults.
  package init() {}
}

/// What a container is told of a stream besides its codec.
package struct StreamSettings: Sendable {
  /// Language, title and the like.
  package var tags = Tags()
  /// What the stream is for.
  package var disposition: Disposition = []
  /// How the picture is to be turned and mirrored before it is shown.
  package var orientation = Orientation.upright
  /// The width of a pixel over its height; nil takes the encoder's.
  package var sampleAspect: Rational?
  /// The container's four letters for the codec ("hvc1"); nil takes the usual ones.
  package var codecTag: String?

  /// Nothing to tell.
  package init() {}

  /// What a stream of another file is told, for one that takes its place.
  ///
  /// The tags that tell of the other stream's making and measure are left behind.
  package init(like stream: StreamDescription) {
    self.init(copying: stream)
    tags.entries.removeAll { entry in
      // mkvmerge writes BPS, BPS-eng and the like.
      let name = entry.name.lowercased().split(separator: "-").first ?? ""
      return name.hasPrefix("_statistics_") || Self.measures.contains(String(name))
    }
  }

  /// Everything that a stream of another file is told.
  init(copying stream: StreamDescription) {
    tags = stream.tags
    // MP4's demuxer makes a tag of four bytes that mostly hold nothing.
    tags.entries.removeAll { $0.name == "vendor_id" }
    disposition = stream.disposition
    orientation = stream.video?.orientation ?? .upright
    sampleAspect = stream.video?.sampleAspect
  }

  private static let measures: Set<String> = [
    "encoder", "duration", "number_of_frames", "number_of_bytes", "bps", "source_id",
  ]
}

/// A file inside a container: a font for the subtitles, a picture.
package struct Attachment: Sendable {
  /// Its name.
  package let name: String
  /// What it is: "application/x-truetype-font".
  package let mimeType: String
  package let bytes: [UInt8]

  /// A file by its parts.
  package init(name: String, mimeType: String, bytes: [UInt8]) {
    self.name = name
    self.mimeType = mimeType
    self.bytes = bytes
  }
}
