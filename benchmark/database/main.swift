// Writes or reads for a while, as one of the processes that benchmark/database.py starts together.
import Foundations
import Glibc
import SQLite

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 5, let seconds = Int(words[2]), let number = Int(words[3]),
  let threads = Int(words[4]), words[0] == "write" || words[0] == "read"
else {
  print("usage: DatabaseBenchmark write|read FOLDER SECONDS NUMBER THREADS")
  exit(64)
}

let schema = Schema(
  applicationID: 1,
  steps: [
    Migration(
      "things",
      """
      CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER) STRICT;
      """)
  ])
var options = DatabaseOptions()
options.turnAtMost = .seconds(60)
let folder = FilePath(words[1])
let database = try Database.open(
  folder.appending("ours.db"), lock: folder.appending("ours.lock"), schema: schema,
  options: options)
print("ready")
fflush(nil)
// The others are ready too once a line comes.
_ = readLine()

let work = Work(database: database, seconds: seconds, number: number)
let threadsLeft = Monitor(threads)
for thread in 0..<threads {
  try OwnThread.start(named: "bench") {
    do {
      if words[0] == "write" { try work.write(thread) } else { try work.read() }
    } catch {
      fatalError("\(error)")
    }
    threadsLeft.withLock { $0 -= 1 }
    threadsLeft.notify()
  }
}
threadsLeft.wait { $0 == 0 ? () : nil }
database.finish()
print(work.report)
