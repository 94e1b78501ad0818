import Media

/// Chapters as ffmpeg's own text for metadata, which it and other tools read back exactly.
struct ChapterText {
  private let chapters: [Chapter]

  init(_ chapters: [Chapter]) { self.chapters = chapters }

  var text: String {
    var text = ";FFMETADATA1\n"
    for chapter in chapters {
      let end = chapter.end.rescaled(to: chapter.start.timebase)
      text += """
        [CHAPTER]
        TIMEBASE=\(chapter.start.timebase)
        START=\(chapter.start.ticks)
        END=\(end.ticks)

        """
      for tag in chapter.tags.entries {
        text += "\(Self.escaped(tag.name))=\(Self.escaped(tag.value))\n"
      }
    }
    return text
  }

  /// What has a meaning of its own stands behind a backslash, line ends among it.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if ["=", ";", "#", "\\", "\n"].contains(scalar) { escaped.unicodeScalars.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
