package import Media

/// A stream of the source on its way into the output.
package struct PlannedTrack: Sendable {
  package let source: StreamDescription
  package let treatment: Treatment

  /// A stream and what is done with it.
  package init(source: StreamDescription, treatment: Treatment) {
    self.source = source
    self.treatment = treatment
  }

  /// What is done with it.
  package enum Treatment: Sendable {
    /// It is the film: its frames are encoded anew.
    case film
    /// Its packets go over as they are.
    case copy
    case sound(SoundTarget)
    case text(SubtitleConversion)
  }

  /// The codec it has in the output.
  package var codec: String {
    switch treatment {
    case .film: "av1"
    case .copy: source.codec
    case .sound(let target): target.codec.name
    case .text(let conversion): conversion.codec
    }
  }

  /// "stream 3 (subtitle subrip, eng)".
  package var description: String { source.saying }

  /// Whether it is a picture of the film's box and no stream in time.
  var isCover: Bool { source.disposition.contains(.attachedPicture) }
}

extension StreamDescription {
  /// "stream 3 (subtitle subrip, eng)".
  var saying: String {
    let name = kind == .attachment ? tags["filename"] : language
    let kind = disposition.contains(.attachedPicture) ? "cover picture" : self.kind.rawValue
    return "stream \(index) (\(kind) \(codec)\(name.map { ", \($0)" } ?? ""))"
  }
}
