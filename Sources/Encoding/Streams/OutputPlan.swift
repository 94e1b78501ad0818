package import Media

/// What the output will hold: decided, and refused where it cannot be, before anything is encoded.
package struct OutputPlan: Sendable {
  package let container: OutputContainer
  /// Everything that goes in, in the order of the output; the film comes first.
  package let tracks: [PlannedTrack]
  package let chapters: [Chapter]
  /// The texts of the whole file.
  package let tags: Tags
  /// What is left behind without being asked for, to be told to the user.
  package let leftBehind: [String]

  /// A plan by its parts.
  package init(
    container: OutputContainer, tracks: [PlannedTrack], chapters: [Chapter], tags: Tags,
    leftBehind: [String]
  ) {
    self.container = container
    self.tracks = tracks
    self.chapters = chapters
    self.tags = tags
    self.leftBehind = leftBehind
  }

  /// Decides what becomes of each stream of a film.
  ///
  /// Whatever the container cannot hold is refused with a container that can; nothing is dropped or
  /// turned into something else in silence.
  package static func make(
    for film: Film, in container: OutputContainer, _ choices: StreamChoices = StreamChoices()
  ) throws(EncodingFailure) -> OutputPlan {
    try requireChoice(film, choices)
    var maker = try OutputPlanMaker(container: container, choices: choices)
    try maker.add(film)
    return OutputPlan(
      container: container, tracks: maker.tracks, chapters: film.chapters,
      tags: maker.tags(of: film), leftBehind: maker.leftBehind)
  }

  /// Dynamic HDR data lie in the frames, which are made anew, without them.
  private static func requireChoice(
    _ film: Film, _ choices: StreamChoices
  ) throws(EncodingFailure) {
    guard let video = film.video.video, !choices.dropsDynamicHDR else { return }
    var lost: [String] = []
    if let vision = video.dolbyVision { lost.append("Dolby Vision (profile \(vision.profile))") }
    if video.hasHDR10Plus == true { lost.append("HDR10+") }
    guard !lost.isEmpty else { return }
    let left = video.colour.isPQ ? "HDR10" : video.colour.isHLG ? "HLG" : "what its base layer is"
    throw EncodingFailure(
      .encodingNeedsChoice,
      "\(film.path) carries \(lost.joined(separator: " and ")), which is lost",
      hint: "--drop-dynamic-hdr keeps \(left)")
  }

  /// The tracks of one kind, cover pictures left out.
  package func tracks(of kind: StreamKind) -> [PlannedTrack] {
    tracks.filter { $0.source.kind == kind && !$0.isCover }
  }

  /// The cover pictures.
  package var covers: [PlannedTrack] { tracks.filter(\.isCover) }
}
