import CFFmpeg

/// What a stream is for: the default one, forced, a cover picture, ….
package struct Disposition: OptionSet, Sendable, Hashable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// Chosen where the user chose nothing.
  package static let standard = Disposition(rawValue: AV_DISPOSITION_DEFAULT)
  /// Shown even where subtitles are off.
  package static let forced = Disposition(rawValue: AV_DISPOSITION_FORCED)
  /// A cover picture and not a film.
  package static let attachedPicture = Disposition(rawValue: AV_DISPOSITION_ATTACHED_PIC)

  private static let named: [(name: String, bit: Int32)] = [
    ("default", AV_DISPOSITION_DEFAULT), ("dub", AV_DISPOSITION_DUB),
    ("original", AV_DISPOSITION_ORIGINAL), ("comment", AV_DISPOSITION_COMMENT),
    ("lyrics", AV_DISPOSITION_LYRICS), ("karaoke", AV_DISPOSITION_KARAOKE),
    ("forced", AV_DISPOSITION_FORCED), ("hearing_impaired", AV_DISPOSITION_HEARING_IMPAIRED),
    ("visual_impaired", AV_DISPOSITION_VISUAL_IMPAIRED),
    ("clean_effects", AV_DISPOSITION_CLEAN_EFFECTS), ("attached_pic", AV_DISPOSITION_ATTACHED_PIC),
    ("timed_thumbnails", AV_DISPOSITION_TIMED_THUMBNAILS), ("captions", AV_DISPOSITION_CAPTIONS),
    ("descriptions", AV_DISPOSITION_DESCRIPTIONS), ("metadata", AV_DISPOSITION_METADATA),
    ("dependent", AV_DISPOSITION_DEPENDENT), ("still_image", AV_DISPOSITION_STILL_IMAGE),
  ]

  /// The names of those that are set, as ffprobe spells them.
  package var names: [String] {
    Self.named.filter { rawValue & $0.bit != 0 }.map(\.name)
  }
}
