package import Foundations
package import Media

/// A file that is to be encoded, as its container describes it.
package struct Film: Sendable {
  package let path: FilePath
  /// The names of its format, as libav has them.
  package let format: String
  package let size: Int64
  package let streams: [StreamDescription]
  package let chapters: [Chapter]
  package let tags: Tags
  /// The stream that is encoded: the default film, or the first.
  package let video: StreamDescription
  /// How long it is, by what its container says; nil where that says nothing.
  package let seconds: Double?

  /// A film by its parts.
  package init(
    path: FilePath, format: String, size: Int64, streams: [StreamDescription],
    chapters: [Chapter], tags: Tags, video: StreamDescription, seconds: Double? = nil
  ) {
    self.path = path
    self.format = format
    self.size = size
    self.streams = streams
    self.chapters = chapters
    self.tags = tags
    self.video = video
    self.seconds = seconds
  }
}
