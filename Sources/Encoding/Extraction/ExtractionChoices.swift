/// What of a file is taken out.
package struct ExtractionChoices: Sendable, Hashable {
  package var films = false
  package var audioTracks = TrackSelection.none
  package var subtitleTracks = TrackSelection.none
  package var attachments = false
  package var covers = false
  package var chapters = false

  /// Nothing.
  package init() {}

  /// All of it.
  package static var everything: ExtractionChoices {
    var all = ExtractionChoices()
    (all.films, all.attachments, all.covers, all.chapters) = (true, true, true, true)
    (all.audioTracks, all.subtitleTracks) = (.all, .all)
    return all
  }

  /// Whether anything is wanted.
  package var isEmpty: Bool { self == ExtractionChoices() }
}
