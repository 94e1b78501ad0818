import Foundations
import Glibc
import Model

/// The list of archived runs, for people and other programs: `archive/index.jsonl`.
///
/// A line for each run that goes in and each that comes out; the last one of a run holds. The ZIPs
/// are the truth: what is archived is seen from them.
struct ArchiveIndex {
  private static let name: FileName = "index.jsonl"

  let folder: Folder

  /// Appends a line.
  ///
  /// Lines of other processes are never mixed with it, nor a torn one continued.
  func append(_ line: JSONObject, durability: Durability) throws {
    let lock = try Folder.open(folder.path)
    try lock.lock()
    defer { lock.unlock() }
    let file = try folder.open(Self.name, O_RDWR | O_CREAT | O_APPEND)
    let size = try file.status().size
    let isTorn = try size > 0 && file.read(1, at: size - 1) != [UInt8(ascii: "\n")]
    try file.write(Array(((isTorn ? "\n" : "") + JSONValue.object(line).text() + "\n").utf8))
    guard durability == .durable else { return }
    try file.sync()
    try folder.sync()
  }
}
