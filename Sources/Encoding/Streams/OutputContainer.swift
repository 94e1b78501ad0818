package import Foundations
package import Media

/// A container that an encoded film is written into.
package enum OutputContainer: String, Sendable, CaseIterable {
  /// Matroska, which holds nearly everything.
  case mkv
  case webm
  case mp4

  /// The container that a file's name asks for by its extension.
  package init(of path: FilePath) throws(EncodingFailure) {
    let name = path.fileName?.text ?? path.text
    let suffix = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    guard name.contains("."), let known = OutputContainer(rawValue: suffix.lowercased()) else {
      throw EncodingFailure(
        .encodingBadSetting, "the name \(path) does not tell which container to write",
        hint: "end it in .mkv, .webm or .mp4")
    }
    self = known
  }

  /// libav's muxer for it.
  package var muxer: Container? { Container(named: self == .mkv ? "matroska" : rawValue) }

  /// Settings of libav's muxer: the index goes to the front, and no disposition is made up.
  var settings: [(key: String, value: String)] {
    switch self {
    case .mkv, .webm:
      // Opus begins before the film by what its decoder throws away. Without this setting libav
      // would move everything else for it.
      [
        ("cues_to_front", "1"), ("default_mode", "passthrough"),
        ("avoid_negative_ts", "disabled"),
      ]
    case .mp4: [("movflags", "faststart")]
    }
  }

  /// The dispositions that libav writes into it and reads back.
  var dispositions: Disposition {
    switch self {
    case .mkv, .webm:
      Disposition(named: [
        "default", "forced", "hearing_impaired", "visual_impaired", "descriptions", "original",
        "comment", "attached_pic",
      ])
    case .mp4: Disposition(named: ["default", "attached_pic"])
    }
  }

  /// Whether it has a place for a text of the whole file.
  func holds(fileTag name: String) -> Bool {
    self != .mp4 || Self.textsOfMP4.contains(name.lowercased())
  }

  /// Whether it has a place for a text of one stream.
  func holds(streamTag name: String) -> Bool {
    let name = name.lowercased()
    // When a stream was made is a field of MP4's own, which its muxer fills from the whole file's.
    return self == .mp4 ? ["language", "title"].contains(name) : name != Self.creationTime
  }

  /// Whether a text is read back as it was written.
  func keeps(_ tag: Tags.Entry, as found: Tags.Entry) -> Bool {
    guard tag.name.lowercased() == found.name.lowercased() else { return false }
    // MP4 counts whole seconds.
    let isRounded = self == .mp4 && tag.name.lowercased() == Self.creationTime
    return isRounded ? tag.value.prefix(19) == found.value.prefix(19) : tag.value == found.value
  }

  /// When the file was made, or the film taken.
  private static let creationTime = "creation_time"

  /// What libav writes among iTunes' texts and reads back under the same name.
  private static let textsOfMP4: Set<String> = [
    "title", "artist", "album_artist", "composer", "album", "date", "comment", "genre", "copyright",
    "grouping", "lyrics", "description", "synopsis", "show", "episode_id", "network", "keywords",
    creationTime,
  ]
}

extension Disposition {
  /// Those of the names that libav knows.
  init(named names: Set<String>) {
    self = (0..<31).map { Disposition(rawValue: 1 << Int32($0)) }
      .filter { !names.isDisjoint(with: $0.names) }
      .reduce(into: []) { $0.formUnion($1) }
  }
}
