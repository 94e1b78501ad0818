import Foundations
import Glibc
import Model
import Stores

// Fills a catalogue and times what a library asks of it: how fast assets come in, pages at any
// depth, filters, the search, statistics, and a cold start. benchmark/catalogue.py puts Python's
// way of doing it beside it.

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 2, let count = Int(words[1]) else {
  print("usage: CatalogueBenchmark FOLDER ASSETS")
  exit(64)
}
let folder = FilePath(words[0])
let content = Content()
let clock = SystemTime()
if FileStatus.ifPresent(SQLiteCatalogue.path(in: folder)) == nil { try fill() }
try ask()

func fill() throws {
  var options = SQLiteCatalogue.Options()
  options.durability = .relaxed
  let store = try SQLiteCatalogue.open(in: folder, options: options)
  let start = clock.uptime
  for first in stride(from: 0, to: count, by: 1_000) {
    let pieces = try (first..<min(first + 1_000, count)).map { try content.asset($0) }
    try store.write { transaction in
      for (new, id) in pieces { _ = try transaction.addAsset(new, id: id) }
    }
  }
  let seconds = (clock.uptime - start) / .seconds(1)
  print("load: \(Int(Double(count) / seconds)) assets/s")
  fflush(nil)
  try tag(store)
  store.finish()
}

/// Every tenth of the first 20,000 has a tag, as people do it: some and not all.
func tag(_ store: SQLiteCatalogue) throws {
  for first in stride(from: 0, to: min(count, 20_000), by: 1_000) {
    try store.write { transaction in
      for number in stride(from: first, to: first + 1_000, by: 10) {
        var change = AssetChange()
        change.tags = ["chosen"]
        change.rating = number % 5 + 1
        _ = try transaction.changeAsset(AssetID("asset-\(number)"), change)
      }
    }
  }
}

func ask() throws {
  let start = clock.uptime
  var store = try SQLiteCatalogue.open(in: folder)
  _ = try store.read { try $0.assets(AssetFilter(), .newest, after: nil, atMost: 100) }
  print("open and first page: \(Measure.rounded((clock.uptime - start) / .milliseconds(1))) ms")
  store.finish()
  try Measure.print("cold start (file dropped from memory)", goal: 200, times: 5) { _ in
    try coldStart()
  }
  store = try SQLiteCatalogue.open(in: folder)
  try Lists(store: store, count: count).measure()
  try Searches(store: store, content: content).measure()
  try Measure.print("statistics", goal: 5) { _ in
    try store.read { try $0.statistics().assets.count }
  }
  try durableAdds(store)
  store.finish()
  let status = try SmallFile.read("/proc/self/status", limit: 1 << 20)
  for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
  where line.hasPrefix("VmHWM") { print("memory: \(line)") }
  let size = FileStatus.ifPresent(SQLiteCatalogue.path(in: folder))?.size ?? 0
  print("file: \(size >> 20) MiB")
}

func coldStart() throws -> Int {
  let file = try FileDescriptor.open(SQLiteCatalogue.path(in: folder), O_RDONLY)
  posix_fadvise(file.number, 0, 0, POSIX_FADV_DONTNEED)
  let store = try SQLiteCatalogue.open(in: folder)
  defer { store.finish() }
  return try store.read { try $0.assets(AssetFilter(), .newest, after: nil, atMost: 100) }
    .items.count
}

/// Adds by 64 threads, each waiting for its own to be on the disk.
func durableAdds(_ store: SQLiteCatalogue, _ content: Content = content) throws {
  let each = 50
  let start = clock.uptime
  let left = Monitor(64)
  for thread in 0..<64 {
    try OwnThread.start(named: "adder") {
      do {
        for number in 0..<each {
          let (new, id) = try content.asset(10_000_000 + thread * each + number)
          _ = try store.write { try $0.addAsset(new, id: id) }
        }
      } catch {
        fatalError("\(error)")
      }
      left.withLock { $0 -= 1 }
      left.notify()
    }
  }
  left.wait { $0 == 0 ? () : nil }
  let seconds = (clock.uptime - start) / .seconds(1)
  print("durable adds by 64 threads: \(Int(Double(64 * each) / seconds)) assets/s")
}
