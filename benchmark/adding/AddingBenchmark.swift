import Blobs
import Foundations
import Library
import Model
import Stores

/// Assets added a second, by so many threads, each waiting for its own.
///
/// One way, one number; `benchmark/adding.py` lets the ways take turns and puts Python's beside
/// them.
@main
struct AddingBenchmark {
  static func main() throws {
    let settings = try Settings(CommandLine.arguments.dropFirst().map { $0 })
    let way = try settings.way.open(settings)
    let clock = SystemTime()
    let start = clock.uptime
    let left = Monitor(settings.threads)
    for thread in 0..<settings.threads {
      try OwnThread.start(named: "adder") {
        do {
          for number in stride(from: thread, to: settings.count, by: settings.threads) {
            try way.add(number)
          }
        } catch {
          fatalError("adding failed: \(error)")
        }
        left.withLock { $0 -= 1 }
        left.notify()
      }
    }
    left.wait { $0 == 0 ? () : nil }
    let seconds = (clock.uptime - start) / .seconds(1)
    try way.finish(settings.count)
    print(Int(Double(settings.count) / seconds))
  }
}

/// What is measured: where, which way, how durably, by how many threads and how many assets.
struct Settings {
  let folder: FilePath
  let way: Way
  let durability: Durability
  let threads: Int
  let count: Int

  init(_ words: [String]) throws {
    guard words.count == 5, let way = Way(rawValue: words[1]),
      let durability = ["durable": Durability.durable, "relaxed": .relaxed][words[2]],
      let threads = Int(words[3]), let count = Int(words[4]), threads > 0, count > 0
    else { throw Usage() }
    folder = FilePath(words[0])
    self.way = way
    self.durability = durability
    self.threads = threads
    self.count = count
  }

  struct Usage: Error, CustomStringConvertible {
    let description = """
      usage: AddingBenchmark FOLDER library|catalogue|prompts|files durable|relaxed THREADS ASSETS
      """
  }
}
