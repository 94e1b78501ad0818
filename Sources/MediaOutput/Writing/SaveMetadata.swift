package import EmbeddedMetadata
import Foundations

/// How a file was made, written in the same step as the file.
package struct SaveMetadata: Sendable {
  /// A JSON object.
  package var text: String
  package var options: MetadataWriteOptions

  /// What to write and how; refused here rather than after a film was encoded.
  package init(
    _ text: String, options: MetadataWriteOptions = MetadataWriteOptions()
  ) throws {
    try EmbeddedMetadata.check(text, options: options)
    self.text = text
    self.options = options
  }

  /// Where it went, and what is still to be done.
  struct Embedding {
    var place: String?
    var note: String?
    var wantsSidecar: Bool
  }

  /// Puts it into a file that has no name yet; formats without a place want a sidecar later.
  func embed(in file: FilePath, stop: StopFlag) throws -> Embedding {
    var embedded = options
    embedded.placement = .embedded
    switch options.placement {
    case .none: return Embedding(wantsSidecar: false)
    case .sidecar: return Embedding(wantsSidecar: true)
    case .embedded, .both: break
    }
    let plan = try EmbeddedMetadata.plan(file, text: text, options: embedded, stop: stop)
    if plan.sidecar != nil { return Embedding(note: plan.note, wantsSidecar: true) }
    let writing = try EmbeddedMetadata.write(text, to: file, options: embedded, stop: stop)
    return Embedding(
      place: writing.place, note: writing.note, wantsSidecar: options.placement == .both)
  }

  /// Writes the sidecar beside the finished file where one is wanted, and tells where all went.
  func finish(_ embedding: Embedding, _ written: inout WrittenFile) throws {
    written.metadata = embedding.place
    if let note = embedding.note { written.notes.append(note) }
    guard embedding.wantsSidecar else { return }
    var beside = options
    beside.placement = .sidecar
    let writing = try EmbeddedMetadata.write(text, to: written.path, options: beside)
    written.sidecar = writing.sidecar
    written.metadata = written.metadata ?? "sidecar"
  }
}
