import Media

/// Goes through a film's streams and decides about each.
struct OutputPlanMaker {
  let container: OutputContainer
  let choices: StreamChoices
  private let muxer: Container
  private(set) var tracks: [PlannedTrack] = []
  private(set) var leftBehind: [String] = []
  private var refused: [StreamDescription] = []

  init(container: OutputContainer, choices: StreamChoices) throws(EncodingFailure) {
    guard let muxer = container.muxer else {
      throw EncodingFailure(.encodingBadSetting, "libav has no muxer for \(container.rawValue)")
    }
    self.container = container
    self.choices = choices
    self.muxer = muxer
  }

  mutating func add(_ film: Film) throws(EncodingFailure) {
    keep(film.video, .film)
    tellTurn(film.video)
    let others = film.streams.filter { $0.index != film.video.index }
    for stream in others where stream.isFilm { copy(stream) }
    let sounds = others.filter { $0.kind == .audio }
    for stream in try choices.audioTracks.pick(from: sounds, kind: "audio") {
      try add(sound: stream)
    }
    let subtitles = others.filter { $0.kind == .subtitle }
    for stream in try choices.subtitleTracks.pick(from: subtitles, kind: "subtitle") {
      add(subtitle: stream)
    }
    for stream in others where stream.kind == .data || stream.kind == .unknown { add(data: stream) }
    for stream in others where stream.kind == .video && !stream.isFilm { add(cover: stream) }
    for stream in others where stream.kind == .attachment {
      if muxer.holdsAttachments { keep(stream, .copy) } else { refused.append(stream) }
    }
    try refuse(film)
  }

  /// Quarter turns are done to the pixels where the container cannot tell of them; others are lost.
  private mutating func tellTurn(_ film: StreamDescription) {
    let turn = film.video?.orientation ?? .upright
    guard turn.rotation % 90 != 0, !muxer.holdsOrientation else { return }
    leftBehind.append(
      "\(film.saying): that it is turned by \(turn.rotation) degrees, which mp4 can hold")
  }

  private mutating func keep(
    _ stream: StreamDescription, _ treatment: PlannedTrack.Treatment
  ) {
    tracks.append(PlannedTrack(source: stream, treatment: treatment))
    tellLosses(stream)
  }

  private mutating func copy(_ stream: StreamDescription) {
    let isTurned = stream.video.map { $0.orientation != .upright } ?? false
    guard muxer.canHold(codec: stream.codec) != false, !isTurned || muxer.holdsOrientation else {
      return refused.append(stream)
    }
    keep(stream, .copy)
  }

  private mutating func add(sound stream: StreamDescription) throws(EncodingFailure) {
    let wanted = choices.sound
    let isKept =
      wanted == .copy || stream.codec == wanted.rawValue
      || choices.keepsLossless && SoundTarget.isLossless(stream)
    if isKept { return copy(stream) }
    let target = try SoundTarget(for: stream, as: wanted == .aac ? .aac : .opus)
    guard muxer.canHold(codec: target.codec.name) != false else { return refused.append(stream) }
    keep(stream, .sound(target))
  }

  private mutating func add(subtitle stream: StreamDescription) {
    if muxer.canHold(codec: stream.codec) != false { return keep(stream, .copy) }
    let conversion = SubtitleConversion(from: stream.codec, into: container)
    guard choices.convertsSubtitles, let conversion else { return refused.append(stream) }
    keep(stream, .text(conversion))
  }

  private mutating func add(cover stream: StreamDescription) {
    // As an attachment any picture will do.
    let isHeld = muxer.holdsAttachments || muxer.canHoldCover(codec: stream.codec) != false
    if isHeld { keep(stream, .copy) } else { refused.append(stream) }
  }

  /// Data are of the container they come from (times of editing, names of chapters): they go along
  /// only where the other container has a place for the same.
  private mutating func add(data stream: StreamDescription) {
    // MP4's own track of chapter names, which the muxer makes anew.
    if stream.codecTag == "text" { return }
    leftBehind.append("\(stream.saying): \(container.rawValue) has no place for it")
  }

  private mutating func tellLosses(_ stream: StreamDescription) {
    let lost = stream.disposition.subtracting(container.dispositions).names
    if !lost.isEmpty {
      leftBehind.append("\(stream.saying): that it is \(lost.joined(separator: ", "))")
    }
    guard stream.kind != .attachment, !stream.disposition.contains(.attachedPicture) else { return }
    for tag in StreamSettings(like: stream).tags.entries
    where !container.holds(streamTag: tag.name) && !Self.ofMP4.contains(tag.name.lowercased()) {
      leftBehind.append("\(stream.saying): its text \(tag.name)")
    }
  }

  /// What MP4's demuxer calls texts and are none of the film's.
  private static let ofMP4: Set<String> = ["handler_name", "creation_time", "vendor_id"]
  /// What tells of the file and not of the film.
  private static let ofFile: Set<String> = [
    "encoder", "major_brand", "minor_version", "compatible_brands", "duration",
  ]

  /// The texts of the whole file that go along.
  mutating func tags(of film: Film) -> Tags {
    var kept = Tags()
    for tag in film.tags.entries where !Self.ofFile.contains(tag.name.lowercased()) {
      if container.holds(fileTag: tag.name) {
        kept.entries.append(tag)
      } else {
        leftBehind.append("the file's text \(tag.name): \(container.rawValue) has no place for it")
      }
    }
    return kept
  }

  private func refuse(_ film: Film) throws(EncodingFailure) {
    guard !refused.isEmpty else { return }
    let names = refused.map(\.saying).joined(separator: ", ")
    throw EncodingFailure(
      .encodingCannotHold, "\(container.rawValue) cannot hold \(names) of \(film.path)", hint: hint)
  }

  private var hint: String {
    let matroska = OutputContainer.mkv.muxer
    let allFit = refused.allSatisfy { stream in
      stream.kind == .attachment || !stream.isFilm && stream.kind == .video
        || matroska?.canHold(codec: stream.codec) != false
    }
    if allFit, container != .mkv { return "mkv can: name the output so that it ends in .mkv" }
    let areTexts = refused.allSatisfy {
      SubtitleConversion(from: $0.codec, into: container) != nil
    }
    if areTexts { return "--subtitles convert turns them into the kind that it holds" }
    let kinds = Set(refused.map(\.kind))
    if kinds == [.audio] { return "leave out --audio copy, or choose by --audio-tracks" }
    if kinds == [.subtitle] { return "choose by --subtitle-tracks what is kept" }
    return "choose by --audio-tracks and --subtitle-tracks what is kept"
  }
}
