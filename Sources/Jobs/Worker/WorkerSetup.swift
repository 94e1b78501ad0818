import Foundations
import Model

/// What a worker is made of.
struct WorkerSetup: Sendable {
  let store: any CatalogueStore
  let kinds: [String: JobKind]
  let wakeups: any Wakeups
  let scratch: ScratchFolders
  let logs: LogFolder
  let options: WorkerOptions
  let time: any TimeSource
  let random: any RandomSource
  let ids: IDMaker

  init(
    store: any CatalogueStore, kinds: [JobKind], wakeups: any Wakeups, scratch: FilePath,
    logs: FilePath, options: WorkerOptions, time: any TimeSource, random: any RandomSource
  ) {
    self.store = store
    self.kinds = Dictionary(
      kinds.filter { options.kinds?.contains($0.name) ?? true }.map { ($0.name, $0) }
    ) { _, last in last }
    self.wakeups = wakeups
    self.scratch = ScratchFolders(root: scratch, time: time) { random.next() }
    self.logs = LogFolder(logs, format: .json)
    self.options = options
    self.time = time
    self.random = random
    ids = IDMaker(time: time, random: random)
  }

  /// A failure's chance of jitter.
  var chance: Double { Double(random.next() >> 11) / Double(UInt64(1) << 53) }
}
