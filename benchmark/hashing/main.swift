import Blobs
import Foundations
import Glibc
import Hashing

// What benchmark/hashing.py times beside openssl and Python: the hash of a file, and files taken
// into a store of blobs. Prints the seconds that the work itself took.

let arguments = Array(Swift.CommandLine.arguments.dropFirst())
let clock = SystemTime()
let start = clock.uptime
switch (arguments.first, arguments.count) {
case ("hash", 2):
  _ = try SHA256.hash(.open(FilePath(arguments[1]), O_RDONLY))
case ("add", 5):
  try addFiles(
    of: FilePath(arguments[1]), to: FilePath(arguments[2]), threads: Int(arguments[3]) ?? 1,
    arguments[4] == "durable" ? .durable : .relaxed)
case ("stream", 3):
  try addStream(of: Int64(arguments[1]) ?? 0, to: FilePath(arguments[2]))
default:
  fatalError("usage: hash FILE | add FOLDER LIBRARY THREADS durable|relaxed | stream BYTES LIBRARY")
}
print((clock.uptime - start) / .seconds(1))

/// Takes all files of a folder in, each committed before its thread goes on to the next.
func addFiles(
  of folder: FilePath, to library: FilePath, threads: Int, _ durability: Durability
) throws {
  let files = try FolderEntries(of: .open(folder)).map { folder.appending($0.name) }
  let store = try DiskBlobStore(in: library)
  let left = Monitor(threads)
  for thread in 0..<threads {
    try OwnThread.start(named: "adder") {
      do {
        for index in stride(from: thread, to: files.count, by: threads) {
          let staged = try store.take(files[index], TakingOptions(), stop: nil)
          _ = try staged.commit(durability)
        }
      } catch {
        fatalError("\(error)")
      }
      left.withLock { $0 -= 1 }
      left.notify()
    }
  }
  left.wait { $0 == 0 ? () : nil }
}

/// Takes in bytes that are made up as they go, as a download brings them.
func addStream(of size: Int64, to library: FilePath) throws {
  let intake = try DiskBlobStore(in: library).beginIntake(IntakeOptions(expectedSize: size))
  var piece = [UInt8](repeating: 0, count: 1 << 20)
  var done: Int64 = 0
  while done < size {
    for index in 0..<8 { piece[index] = UInt8(truncatingIfNeeded: done >> Int64(8 * index)) }
    let count = Int(min(Int64(piece.count), size - done))
    try intake.append(piece.span.extracting(first: count))
    done += Int64(count)
  }
  _ = try intake.finish().commit(.durable)
}
