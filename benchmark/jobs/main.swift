// Submits, works off or looks at jobs, as one of the processes that benchmark/jobs.py starts.
import Foundations
import Glibc
import Model
import Stores

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 5, let count = Int(words[3]), let threads = Int(words[4]),
  ["submit", "drain", "status"].contains(words[0]), ["durable", "relaxed"].contains(words[2])
else {
  print("usage: JobsBenchmark submit|drain|status FOLDER durable|relaxed COUNT THREADS")
  exit(64)
}
var options = SQLiteCatalogue.Options()
options.durability = words[2] == "durable" ? .durable : .relaxed
let store = try SQLiteCatalogue.open(in: FilePath(words[1]), options: options)
print("ready")
fflush(nil)
// The others are ready too once a line comes.
_ = readLine()

switch words[0] {
case "submit": try Queueing(store: store, threads: threads).submit(count)
case "drain": try Queueing(store: store, threads: threads).drain()
default: try Status(store: store, threads: threads).measure(count)
}
store.finish()
