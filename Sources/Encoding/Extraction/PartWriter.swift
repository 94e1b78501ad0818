import Foundations
import Media

/// The file that one part becomes, while it is written; without its name until it is whole.
final class PartWriter {
  // O_RDWR, by its number: no C module is imported this high up.
  private static let readWrite: Int32 = 2

  let part: ExtractedPart
  /// What is wrong with it; then nothing more is written.
  private(set) var failure: MediaFailure?
  private(set) var packets = 0
  private let conversion: SubtitleConversion?
  private var staged: StagedFile?
  private var muxer: Muxer?

  private init(
    _ part: ExtractedPart, _ staged: consuming StagedFile, _ muxer: consuming Muxer?,
    _ conversion: SubtitleConversion?
  ) {
    self.part = part
    self.conversion = conversion
    self.staged = consume staged
    self.muxer = consume muxer
  }

  /// Begins a file in the folder that it will stand in.
  static func begin(_ part: ExtractedPart, in folder: Folder, stop: StopFlag) throws -> PartWriter {
    let staged = try StagedFile.create(in: folder, for: part.path.name)
    switch part.source {
    case .bytes(let bytes):
      try staged.append(bytes)
      return PartWriter(part, staged, nil, nil)
    case .packets(let form):
      guard let stream = part.stream else { preconditionFailure("packets are a stream's") }
      var options = MuxerOptions()
      options.container = form.container
      options.isReproducible = true
      options.settings = form.settings(start: stream.start?.seconds ?? 0)
      let sink = try FileByteSink(
        FileDescriptor.open(staged.path, readWrite), name: "\(part.path)")
      var muxer = try Muxer.make(.bytes(sink), options: options, stop: stop)
      do throws(MediaFailure) {
        let conversion = try add(stream, form, to: &muxer)
        try muxer.start()
        return PartWriter(part, staged, muxer, conversion)
      } catch {
        let writer = PartWriter(part, staged, nil, nil)
        try writer.refuse(error)
        return writer
      }
    }
  }

  private static func add(
    _ stream: StreamDescription, _ form: ExtractedForm, to muxer: inout Muxer
  ) throws(MediaFailure) -> SubtitleConversion? {
    switch form.treatment {
    case .copy:
      _ = try muxer.addStream(copying: stream, dropsOrientation: true)
      return nil
    case .text(let conversion):
      _ = try muxer.addStream(
        conversion.parameters(timebase: stream.timebase), settings: StreamSettings(like: stream))
      return conversion
    }
  }

  /// Takes a packet of the stream.
  ///
  /// One that its container cannot take ends this file alone; a disk that fails ends all.
  func take(_ packet: borrowing Packet) throws {
    guard failure == nil, muxer != nil else { return }
    do throws(MediaFailure) { try write(packet) } catch {
      try refuse(error)
    }
  }

  private func write(_ packet: borrowing Packet) throws(MediaFailure) {
    packets += 1
    guard let conversion else {
      try muxer?.write(packet, stream: 0)
      return
    }
    guard let turned = try conversion.convert(packet) else { return }
    try muxer?.write(turned, stream: 0)
  }

  private func refuse(_ error: MediaFailure) throws {
    muxer?.abandon()
    guard [.badMedia, .usage].contains(error.kind) || error.code == .muxingFailed else {
      throw error
    }
    failure = error
  }

  /// Makes the file whole, without showing it.
  func finish() throws {
    guard failure == nil, muxer != nil else { return }
    do throws(MediaFailure) { try muxer?.finish() } catch { try refuse(error) }
  }

  /// Lets go of it; nothing of it stays.
  func abandon() { muxer?.abandon() }

  /// Gives the file its name; answers its size.
  func publish(in folder: Folder, replacing: Bool) throws -> Int64 {
    guard let staged = staged.take() else { preconditionFailure("a part is published once") }
    let size = try staged.file.status().size
    try staged.publish(
      as: Destination(folder: folder, name: part.path.name), replacing: replacing)
    return size
  }
}
