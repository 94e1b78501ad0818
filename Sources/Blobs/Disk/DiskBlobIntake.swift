import Foundations
import Synchronization

/// Bytes on their way into a file of the staging folder.
final class DiskBlobIntake: BlobIntake {
  private struct State: ~Copyable {
    var file: StagedFile?
    var tally: IntakeTally?
    var unwritten: Int64 = 0
  }

  // So much may gather in the system's memory before it is told to begin writing: the flush at the
  // end then finds little left to do, and other programs' pages are not driven out.
  private static let writeback: Int64 = 32 << 20

  private let store: DiskBlobStore
  private let state: Mutex<State>

  init(_ store: DiskBlobStore, _ options: IntakeOptions) throws(FileFailure) {
    self.store = store
    let file = try StagedFile.create(in: store.staging, for: "blob", mode: 0o600)
    state = Mutex(State(file: file, tally: IntakeTally(options)))
  }

  func append(_ bytes: Span<UInt8>) throws {
    try state.withLock { state in
      guard state.tally != nil else { throw BlobFailure.discarded("the intake") }
      do {
        try Self.append(bytes, &state)
      } catch {
        Self.discard(&state)
        throw error
      }
    }
  }

  private static func append(_ bytes: Span<UInt8>, _ state: inout State) throws {
    try state.tally?.take(bytes)
    try state.file?.file.write(bytes)
    state.unwritten += Int64(bytes.count)
    guard state.unwritten >= writeback else { return }
    state.file?.file.startWriteback()
    state.unwritten = 0
  }

  func finish() throws -> any StagedBlob { try finish(source: nil, removing: nil) }

  func finish(source: FileIdentity?, removing path: FilePath?) throws -> DiskStagedBlob {
    try state.withLock { state in
      guard let tally = state.tally.take(), let file = state.file.take() else {
        throw BlobFailure.discarded("the intake")
      }
      return DiskStagedBlob(
        store, try tally.finish(), file, source: source,
        removing: path.flatMap { path in
          source.map { (path, $0) }
        })
    }
  }

  func discard() { state.withLock { Self.discard(&$0) } }

  private static func discard(_ state: inout State) {
    state.file = nil
    state.tally = nil
  }
}
