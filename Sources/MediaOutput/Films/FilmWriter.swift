package import Foundations
import Hashing
import Media

/// Writes frames as a film: to a temporary file beside the target, checked, then renamed.
///
/// Reading, conversion of colours and encoding overlap, each on a thread of its own with a few frames
/// between them, so that memory stays the same whatever the length.
package struct FilmWriter: Sendable {
  private let settings: VideoSaveSettings
  private let log: Logger
  private let stop: StopFlag
  /// Called with the number of frames written, on the writing thread.
  private let progress: @Sendable (Int) -> Void

  /// A writer with its settings.
  package init(
    _ settings: VideoSaveSettings, log: Logger = .silent, stop: StopFlag = StopFlag(),
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.settings = settings
    self.log = log
    self.stop = stop
    self.progress = progress
  }

  /// Where a film would be written, in what, and what the caller should know of it.
  package func plan(
    _ asked: FilePath?
  ) throws -> (path: FilePath, container: FilmContainer, notes: [String]) {
    let fitting = settings.codec.containers
    let byName = asked.flatMap { OutputPath.fileExtension(of: $0) }.flatMap {
      try? FilmContainer(key: $0)
    }
    // The name decides where the codec fits it, then the settings; what neither says, the codec.
    let asks = [byName, settings.container].compactMap { $0 }
    guard let container = asks.isEmpty ? fitting[0] : asks.first(where: { fitting.contains($0) })
    else {
      throw MediaOutputFailure(
        .outputUnfitting, "\(asks[0].rawValue) cannot hold \(settings.codec)",
        hint: "use \(fitting.map(\.rawValue).joined(separator: " or "))")
    }
    let path = try OutputPath.resolve(
      asked, fitting: [container.rawValue], preferred: container.rawValue,
      temporaryFolder: settings.temporaryFolder, isStrict: settings.isStrict)
    return (path, container, OutputPath.notes(asked, path, "\(settings.codec)"))
  }

  /// Writes all frames of a source; blocks until the film is whole, or throws and leaves no trace.
  package func write(
    _ source: any FrameSource, sound: FilmSound? = nil, to asked: FilePath?
  ) throws -> WrittenFile {
    let (path, container, notes) = try plan(asked)
    try OutputPath.check(path)
    let soundCodec = sound == nil ? nil : try soundCodec(in: container)
    Leftovers.sweep(beside: path)
    var written = try Attempts.run(
      settings.attempts, of: "write_video", for: path, log: log, stop: stop,
      canRepeat: source.rewind
    ) {
      try attempt(source, try openSound(sound, soundCodec), path, container)
    }
    written.soundCodec = soundCodec?.description
    written.notes += notes
    return written
  }

  private func soundCodec(in container: FilmContainer) throws(MediaOutputFailure) -> AudioCodec {
    guard let codec = settings.soundCodec ?? container.usualSound, container.holds(codec) else {
      let asked = settings.soundCodec.map { "\($0)" } ?? "sound"
      throw MediaOutputFailure(
        .outputUnfitting, "\(container.rawValue) cannot hold \(asked)",
        hint: container.usualSound.map { "use \($0)" } ?? "write it as mp4, mov, mkv or webm")
    }
    return codec
  }

  private func openSound(_ sound: FilmSound?, _ codec: AudioCodec?) throws -> SoundTrack? {
    guard let sound, let codec else { return nil }
    return try SoundTrack.open(try sound.open(stop: stop), as: codec, stop: stop)
  }

  private func attempt(
    _ source: any FrameSource, _ sound: consuming SoundTrack?, _ path: FilePath,
    _ container: FilmContainer
  ) throws -> WrittenFile {
    var wish = FrameWish(pixels: settings.pixels)
    switch settings.codec.family {
    case .hdr:
      wish.isDeep = true
      wish.colour = .bt2020PQRGB
    case .prores, .av1: wish.isDeep = true
    case .webp, .gif, .apng: wish.colour = .sRGB
    default: break
    }
    guard let first = try source.next(wish) else {
      throw MediaOutputFailure(.outputEmpty, "there is not a single frame to write to \(path)")
    }
    let form = first.form
    if form.format.hasAlpha, !settings.codec.holdsAlpha {
      throw MediaOutputFailure(
        .outputUnfitting, "\(settings.codec) cannot keep the alpha channel of the frames",
        hint: "use webp or apng, or give frames of three channels")
    }
    let encoding = try FilmEncoding(
      settings.codec, in: container, width: form.width, height: form.height,
      hasAlpha: form.format.hasAlpha)
    let target = PictureForm(
      width: form.width, height: form.height, format: encoding.pixels, colour: encoding.colour)
    let staged = try StagedFile.create(beside: path)
    let pipeline = FilmPipeline(
      source: source, wish: wish, from: form, to: target, isPaletted: settings.codec.family == .gif,
      stop: stop)
    let hasSound = sound != nil
    let frames = try encode(
      pipeline, first: first, sound, into: staged, encoding, target, container, name: path)
    return try finish(staged, path, container, target, frames: frames, hasSound: hasSound)
  }

  private func encode(
    _ pipeline: FilmPipeline, first: consuming VideoFrame, _ sound: consuming SoundTrack?,
    into staged: borrowing StagedFile, _ encoding: FilmEncoding, _ form: PictureForm,
    _ container: FilmContainer, name: FilePath
  ) throws -> Int {
    var encoder = try VideoEncoder.open(encoderSettings(encoding, form, container))
    var options = MuxerOptions()
    options.container = Container(named: container.muxer)
    if container == .webp || container == .gif { options.settings = [("loop", "0")] }
    if container == .apng { options.settings = [("plays", "0")] }
    let file = try FileDescriptor.open(staged.path, Self.readWrite)
    let sink = try FileByteSink(file, name: name.text)
    var muxer = try Muxer.make(.bytes(sink), options: options, stop: stop)
    var stream = StreamSettings()
    stream.codecTag = encoding.tag
    let index = try muxer.addStream(encoder.parameters, settings: stream)
    var track = sound
    let soundIndex = try track?.add(to: &muxer) ?? 0
    try muxer.start()
    let rate = Double(settings.rate.numerator) / Double(settings.rate.denominator)
    var count = 0
    do {
      try pipeline.run(first: first) { frame in
        frame.presentationTicks = Int64(count)
        frame.durationTicks = 1
        try encoder.encode(frame) { try muxer.write($0, stream: index) }
        count += 1
        // Sound goes along with the pictures, so that a reader has both at hand.
        try track?.encode(until: Double(count) / rate) { try muxer.write($0, stream: soundIndex) }
        progress(count)
      }
      try encoder.finish { try muxer.write($0, stream: index) }
      try track?.encode(until: nil) { try muxer.write($0, stream: soundIndex) }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
    return count
  }

  // O_RDWR, by its number: no C module is imported this high up.
  private static let readWrite: Int32 = 2

  private func encoderSettings(
    _ encoding: FilmEncoding, _ form: PictureForm, _ container: FilmContainer
  ) -> VideoEncoderSettings {
    var options = encoding.options
    for extra in settings.extraOptions {
      options.removeAll { $0.key == extra.key }
      options.append(extra)
    }
    var encoder = VideoEncoderSettings(
      codec: encoding.encoder, form: form, timebase: settings.rate.inverted,
      frameRate: settings.rate, options: options)
    encoder.threads = settings.threads
    return encoder
  }

  /// Looks at what was written as anybody else would, and gives it its name.
  private func finish(
    _ staged: consuming StagedFile, _ path: FilePath, _ container: FilmContainer,
    _ form: PictureForm, frames: Int, hasSound: Bool
  ) throws -> WrittenFile {
    try check(staged.path, path, container, form, frames: frames, hasSound: hasSound)
    let told = try settings.metadata?.embed(in: staged.path, stop: stop)
    let file = try FileDescriptor.open(staged.path, 0)
    let hash = try SHA256.hash(file, stop: stop)
    let size = try file.status().size
    try staged.publish(as: path, replacing: true)
    var written = WrittenFile(
      path: path, codec: settings.codec.description, width: form.width, height: form.height,
      frames: frames, pixelFormat: form.format.name, size: size, sha256: hash.description)
    if let told { try settings.metadata?.finish(told, &written) }
    return written
  }

  private func check(
    _ file: FilePath, _ path: FilePath, _ container: FilmContainer, _ form: PictureForm,
    frames: Int, hasSound: Bool
  ) throws {
    // libav writes animated WebP and cannot read it.
    if container == .webp { return }
    let demuxer = try Demuxer.open(.file(file), stop: stop)
    guard let film = demuxer.streams.first(where: { $0.video != nil }), let video = film.video
    else {
      throw MediaOutputFailure(.outputCheckFailed, "\(path) came out without a film")
    }
    let packet = try Packet()
    var (found, sounds) = (0, 0)
    while try demuxer.read(into: packet) {
      if packet.streamIndex == film.index { found += 1 } else { sounds += 1 }
    }
    guard video.width == form.width, video.height == form.height, found == frames else {
      throw MediaOutputFailure(
        .outputCheckFailed,
        "\(path) came out with \(found) frames of \(video.width)x\(video.height)"
          + " where \(frames) of \(form.width)x\(form.height) were written")
    }
    guard hasSound == (sounds > 0) else {
      throw MediaOutputFailure(.outputCheckFailed, "\(path) came out without its sound")
    }
  }
}
