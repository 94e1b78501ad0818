package import Foundations
import Hashing
import Media

/// Writes an array of samples as a file of sound, published whole.
package struct SoundWriter: Sendable {
  private let settings: AudioSaveSettings
  private let log: Logger
  private let stop: StopFlag

  /// A writer with its settings.
  package init(
    _ settings: AudioSaveSettings, log: Logger = .silent, stop: StopFlag = StopFlag()
  ) {
    self.settings = settings
    self.log = log
    self.stop = stop
  }

  /// Where sound would be written.
  package func plan(_ asked: FilePath?) throws -> FilePath {
    try OutputPath.resolve(
      asked, fitting: [settings.codec.fileExtension], preferred: settings.codec.fileExtension,
      temporaryFolder: settings.temporaryFolder, isStrict: settings.isStrict)
  }

  /// Writes the samples of an array: one axis is mono; of two the shorter is the channels.
  package func write(_ array: PixelArray, to asked: FilePath?) throws -> WrittenFile {
    let path = try plan(asked)
    Leftovers.sweep(beside: path)
    let view = try Self.view(array)
    guard let layout = Self.layout(view.channels) else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(array.shape) has \(view.channels) channels",
        hint: "1 (mono), 2 (stereo), 6 (5.1) and 8 (7.1) are known")
    }
    return try Attempts.run(
      settings.attempts, of: "write_audio", for: path, log: log, stop: stop
    ) { try attempt(view, layout, path) }
  }

  private static func layout(_ channels: Int) -> ChannelLayout? {
    switch channels {
    case 1: .mono
    case 2: .stereo
    case 6: .surround51
    case 8: ChannelLayout(named: "7.1")
    default: nil
    }
  }

  private static func view(_ array: PixelArray) throws -> SampleView {
    let shape = array.shape
    guard (1...2).contains(shape.count), !shape.contains(0) else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(shape) is no sound",
        hint: "give (samples), (samples, channels) or (channels, samples)")
    }
    let isChannelsFirst = shape.count == 2 && shape[0] < shape[1]
    let samples = isChannelsFirst ? 1 : 0
    let channels = shape.count == 2 ? 1 - samples : nil
    let (memory, start, strides) = try array.wholeInMemory()
    guard
      let view = SampleView(
        memory, start: start, element: array.element, samples: shape[samples],
        channels: channels.map { shape[$0] } ?? 1, sampleStep: strides[samples],
        channelStep: channels.map { strides[$0] } ?? 0)
    else {
      throw MediaOutputFailure(.outputBadShape, "not all of the array's samples are there")
    }
    return view
  }

  private func attempt(
    _ view: SampleView, _ layout: ChannelLayout, _ path: FilePath
  ) throws -> WrittenFile {
    let codec = settings.codec
    guard let from = view.format else {
      throw MediaOutputFailure(
        .outputBadShape, "sound is not kept as \(view.element)",
        hint: "save it as int16, int32 or float32")
    }
    // Opus knows few rates, of which the highest loses nothing.
    let rate = codec.encoder == "libopus" ? 48_000 : settings.sampleRate
    let source = SoundForm(sampleRate: settings.sampleRate, format: from, layout: layout)
    let target = SoundForm(sampleRate: rate, format: codec.format, layout: layout)
    let staged = try StagedFile.create(beside: path)
    try encode(view, source, target, into: staged.path, name: path)
    let hash = try SHA256.hash(staged.file, stop: stop)
    let size = try staged.file.status().size
    try check(staged.path, path)
    try staged.publish(as: path, replacing: true)
    var written = WrittenFile(
      path: path, codec: codec.description, size: size, sha256: hash.description)
    (written.samples, written.sampleRate, written.channels) = (view.samples, rate, view.channels)
    if rate != settings.sampleRate { written.notes.append("resampled to \(rate) Hz for Opus") }
    return written
  }

  private func encode(
    _ view: SampleView, _ source: SoundForm, _ target: SoundForm, into file: FilePath,
    name: FilePath
  ) throws {
    var settings = AudioEncoderSettings(codec: self.settings.codec.encoder, form: target)
    settings.bitrate = self.settings.codec.kilobits.map { $0 * 1_000 }
    var encoder = try AudioEncoder.open(settings)
    var resampler = try Resampler.make(from: source, to: target)
    var options = MuxerOptions()
    options.container = Container(named: self.settings.codec.muxer)
    let sink = try FileByteSink(FileDescriptor.open(file, 2), name: name.text)
    var muxer = try Muxer.make(.bytes(sink), options: options, stop: stop)
    let stream = try muxer.addStream(encoder.parameters)
    try muxer.start()
    do {
      var at = 0
      while at < view.samples {
        try stop.check()
        let piece = at..<min(view.samples, at + 16_384)
        var frame = try frame(view, piece, source)
        frame.presentationTicks = Int64(at)
        if let ready = try resampler.convert(frame) {
          try encoder.encode(ready) { try muxer.write($0, stream: stream) }
        }
        at = piece.upperBound
      }
      if let rest = try resampler.finish() {
        try encoder.encode(rest) { try muxer.write($0, stream: stream) }
      }
      try encoder.finish { try muxer.write($0, stream: stream) }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
  }

  private func frame(
    _ view: SampleView, _ samples: Range<Int>, _ form: SoundForm
  ) throws -> AudioFrame {
    do {
      return try AudioFrame.make(
        from: view, samples: samples, layout: form.layout, sampleRate: form.sampleRate)
    } catch let bad as BadValue {
      throw MediaOutputFailure(
        .outputBadValue, "sample \(bad.column) of channel \(bad.channel) is \(bad.value)",
        hint: "replace what is not a number before writing (nan_to_num)")
    }
  }

  private func check(_ file: FilePath, _ path: FilePath) throws {
    let demuxer = try Demuxer.open(.file(file), stop: stop)
    guard demuxer.streams.contains(where: { $0.audio != nil }) else {
      throw MediaOutputFailure(.outputCheckFailed, "\(path) came out without sound")
    }
  }
}
