// Submits, works off or looks at jobs, as one of the processes that benchmark/jobs.py and
// benchmark/celery.py start.
import Foundations
import Glibc
import Model
import Stores

let words = Array(CommandLine.arguments.dropFirst())
guard words.count == 5, let number = Int(words[3]), let other = Int(words[4]),
  ["durable", "relaxed"].contains(words[2])
else { usage() }
let folder = FilePath(words[1])
var options = SQLiteCatalogue.Options()
options.durability = words[2] == "durable" ? .durable : .relaxed
let store = try SQLiteCatalogue.open(in: folder, options: options)

switch words[0] {
case "submit":
  ready()
  try Queueing(store: store, threads: other).submit(number)
case "drain":
  ready()
  try Queueing(store: store, threads: other).drain()
case "status":
  ready()
  try Status(store: store, threads: other).measure(number)
case "work":
  ready()
  try Working(store: store, folder: folder).work(off: number, slots: other)
case "outlast":
  try Outlasting(store: store, folder: folder, lease: number, seconds: other).submit()
case "join":
  try Outlasting(store: store, folder: folder, lease: number, seconds: other).work()
default: usage()
}
store.finish()

/// Says that it can begin, and begins once a line comes: the others are ready then too.
func ready() {
  print("ready")
  fflush(nil)
  _ = readLine()
}

func usage() -> Never {
  print(
    """
    usage: JobsBenchmark submit|drain|status FOLDER durable|relaxed JOBS THREADS
           JobsBenchmark work FOLDER durable|relaxed JOBS SLOTS
           JobsBenchmark outlast|join FOLDER durable|relaxed LEASE SECONDS
    """)
  exit(64)
}
