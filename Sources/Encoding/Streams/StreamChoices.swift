/// What of a film's streams goes into the output, and how.
package struct StreamChoices: Sendable, Hashable {
  /// Which sound tracks, in which order.
  package var audioTracks = TrackSelection.all
  /// Which subtitles, in which order.
  package var subtitleTracks = TrackSelection.all
  /// What sound becomes.
  package var sound = SoundChoice.opus
  /// Whether lossless sound (FLAC, PCM, TrueHD, …) is taken over as it is.
  package var keepsLossless = false
  /// Whether text subtitles that the container lacks a place for become the kind it has.
  package var convertsSubtitles = false
  /// Whether Dolby Vision and HDR10+ may be lost.
  package var dropsDynamicHDR = false

  /// Everything kept, sound as Opus.
  package init() {}
}

/// What sound becomes.
package enum SoundChoice: String, Sendable, CaseIterable {
  case opus
  case aac
  /// Taken over as it is.
  case copy
}
