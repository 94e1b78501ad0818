// Adds small outputs to one run, as benchmark/runs.py asks.
import Blobs
import Foundations
import Glibc
import Runs
import Stores

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 5, let there = Int(words[1]), let adds = Int(words[2]),
  let durability = Durability(rawValue: words[3]), let threads = Int(words[4]), threads > 0
else {
  print("usage: RunsBenchmark FOLDER OUTPUTS-THERE ADDITIONS durable|relaxed THREADS")
  exit(64)
}

let folder = FilePath(words[0])
let filling = try Work(in: folder, .relaxed)
let run = try filling.begin()
try filling.add(there, to: run, from: 0)
filling.finish()

let work = try Work(in: folder, durability)
// The first change reads the run; those after it are what is measured.
try work.add(1, to: run, from: there)
let started = ContinuousClock.now
let left = Monitor(threads)
for thread in 0..<threads {
  try OwnThread.start(named: "adds") {
    do {
      let first = there + 1 + thread * adds
      try work.add(adds / threads, to: run, from: first, measured: true)
    } catch {
      fatalError("\(error)")
    }
    left.withLock { $0 -= 1 }
    left.notify()
  }
}
left.wait { $0 == 0 ? () : nil }
print(work.report(ContinuousClock.now - started))
work.finish()
