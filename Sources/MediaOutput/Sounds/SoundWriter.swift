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
    try OutputPath.check(path)
    Leftovers.sweep(beside: path)
    return try Attempts.run(
      settings.attempts, of: "write_audio", for: path, log: log, stop: stop
    ) { try attempt(array, path) }
  }

  private func attempt(_ array: PixelArray, _ path: FilePath) throws -> WrittenFile {
    let codec = settings.codec
    let source = try ArraySound(array, sampleRate: settings.sampleRate)
    let staged = try StagedFile.create(beside: path)
    let form = try encode(source, into: staged.path, name: path)
    try check(staged.path, path)
    let told = try settings.metadata?.embed(in: staged.path, stop: stop)
    let file = try FileDescriptor.open(staged.path, 0)
    let hash = try SHA256.hash(file, stop: stop)
    let size = try file.status().size
    try staged.publish(as: path, replacing: true)
    var written = WrittenFile(
      path: path, codec: codec.description, size: size, sha256: hash.description)
    written.samples = source.samples
    written.sampleRate = form.sampleRate
    written.channels = form.layout.channels
    if form.sampleRate != settings.sampleRate {
      written.notes.append("resampled to \(form.sampleRate) Hz for Opus")
    }
    if let told { try settings.metadata?.finish(told, &written) }
    return written
  }

  private func encode(
    _ source: ArraySound, into file: FilePath, name: FilePath
  ) throws -> SoundForm {
    var track = try SoundTrack.open(source, as: settings.codec, stop: stop)
    var options = MuxerOptions()
    options.container = Container(named: settings.codec.muxer)
    let sink = try FileByteSink(FileDescriptor.open(file, 2), name: name.text)
    var muxer = try Muxer.make(.bytes(sink), options: options, stop: stop)
    let stream = try track.add(to: &muxer)
    try muxer.start()
    do {
      try track.encode(until: nil) { try muxer.write($0, stream: stream) }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
    return track.form
  }

  private func check(_ file: FilePath, _ path: FilePath) throws {
    let demuxer = try Demuxer.open(.file(file), stop: stop)
    guard demuxer.streams.contains(where: { $0.audio != nil }) else {
      throw MediaOutputFailure(.outputCheckFailed, "\(path) came out without sound")
    }
  }
}
