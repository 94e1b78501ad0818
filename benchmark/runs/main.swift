// Adds small outputs to one run, as benchmark/runs.py asks.
import Blobs
import Foundations
import Glibc
import Model
import Runs
import Stores

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 5, let there = Int(words[1]), let adds = Int(words[2]),
  let durability = Durability(rawValue: words[3]), let threads = Int(words[4]), threads > 0
else {
  print("usage: RunsBenchmark FOLDER OUTPUTS-THERE ADDITIONS durable|relaxed THREADS")
  exit(64)
}

/// Lets threads add side by side, and tells how long that took.
func add(
  _ count: Int, threads: Int, to run: RunID, from first: Int, by work: Work, measured: Bool
) throws -> Duration {
  let started = ContinuousClock.now
  let left = Monitor(threads)
  for thread in 0..<threads {
    try OwnThread.start(named: "adds") {
      do {
        // Each its share of the numbers, so that no two pictures are the same.
        let own = stride(from: first + thread, to: first + count, by: threads)
        try work.add(Array(own), to: run, measured: measured)
      } catch {
        fatalError("\(error)")
      }
      left.withLock { $0 -= 1 }
      left.notify()
    }
  }
  left.wait { $0 == 0 ? () : nil }
  return ContinuousClock.now - started
}

let folder = FilePath(words[0])
let filling = try Work(in: folder, .relaxed)
let run = try filling.begin()
_ = try add(there, threads: 64, to: run, from: 0, by: filling, measured: false)
filling.finish()

let work = try Work(in: folder, durability)
// The first change reads the run; those after it are what is measured.
try work.add([there], to: run)
print(
  work.report(
    try add(adds, threads: threads, to: run, from: there + 1, by: work, measured: true)))
work.finish()
