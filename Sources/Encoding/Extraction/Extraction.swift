package import Foundations
package import Media

/// Takes streams out of a container as they are: nothing is encoded, no packet is changed.
///
/// One pass over the source, whatever is wanted of it. Each file gets its name when all are whole;
/// what stands there already stays, unless it may be replaced.
package struct Extraction: Sendable {
  /// A part that was taken out.
  package struct Taken: Sendable {
    package let part: ExtractedPart
    package let path: FilePath
    package let sizeBytes: Int64
    /// How many packets went into it; 0 where it has none.
    package let packets: Int
    /// Why there is no such file; nil where there is.
    package let failure: MediaFailure?
  }

  /// What came of it.
  package struct Outcome: Sendable {
    package let taken: [Taken]
    /// Why the source could not be read to its end; what could be read is there.
    package let damage: MediaFailure?
  }

  private let source: FilePath
  private let plan: ExtractionPlan
  private let stop: StopFlag

  /// An extraction by a plan.
  package init(_ source: FilePath, _ plan: ExtractionPlan, stop: StopFlag = StopFlag()) {
    self.source = source
    self.plan = plan
    self.stop = stop
  }

  /// Does it, into a folder, which is made where it is missing.
  package func run(
    into output: FilePath, replacing: Bool, progress: ProgressSink = .none
  ) throws -> Outcome {
    let root = try Folder.make(output)
    let folders = try plan.parts.map { try folder(of: $0, in: root) }
    for (part, folder) in zip(plan.parts, folders) { try requireFree(part, folder, replacing) }
    var writers: [PartWriter] = []
    do {
      for (part, folder) in zip(plan.parts, folders) {
        writers.append(try PartWriter.begin(part, in: folder, stop: stop))
      }
      let damage = try pour(into: writers, progress)
      for writer in writers { try writer.finish() }
      try stop.check()
      return Outcome(taken: try publish(writers, folders, output, replacing), damage: damage)
    } catch {
      for writer in writers { writer.abandon() }
      throw error
    }
  }

  private func folder(of part: ExtractedPart, in root: Folder) throws -> Folder {
    guard let parent = part.path.parent else { return root }
    return try root.makeFolderIfMissing(parent.name, durability: .relaxed)
  }

  private func requireFree(_ part: ExtractedPart, _ folder: Folder, _ replacing: Bool) throws {
    guard let there = try folder.find(part.path.name) else { return }
    let path = folder.path(of: part.path.name)
    if let film = FileStatus.ifPresent(source), there.isSameFile(as: film) {
      throw EncodingFailure.outputIsSource(path)
    }
    guard replacing else {
      throw EncodingFailure(
        .fileExists, "\(path) is there already", hint: "--overwrite replaces it")
    }
  }

  /// Hands each packet to its file; answers why the source ended early, if it did.
  private func pour(into writers: [PartWriter], _ progress: ProgressSink) throws -> MediaFailure? {
    var wanted: [Int: PartWriter] = [:]
    for writer in writers {
      if case .packets = writer.part.source, let stream = writer.part.stream {
        wanted[stream.index] = writer
      }
    }
    guard !wanted.isEmpty else { return nil }
    let demuxer = try Demuxer.open(.file(source), stop: stop)
    demuxer.select(streams: Set(wanted.keys))
    let size = demuxer.size.map(Double.init)
    let packet = try Packet()
    while true {
      do throws(MediaFailure) {
        guard try demuxer.read(into: packet) else { return nil }
      } catch {
        // What could be read is worth having.
        guard error.kind == .badMedia else { throw error }
        return error
      }
      if let position = packet.position {
        progress.report(ProgressUpdate(Double(position), of: size, .bytes))
      }
      try wanted[packet.streamIndex]?.take(packet)
    }
  }

  private func publish(
    _ writers: [PartWriter], _ folders: [Folder], _ output: FilePath, _ replacing: Bool
  ) throws -> [Taken] {
    var taken: [Taken] = []
    for (writer, folder) in zip(writers, folders) {
      let size = writer.failure == nil ? try writer.publish(in: folder, replacing: replacing) : 0
      taken.append(
        Taken(
          part: writer.part, path: output.appending(writer.part.path.filePath), sizeBytes: size,
          packets: writer.packets, failure: writer.failure))
    }
    return taken
  }
}
