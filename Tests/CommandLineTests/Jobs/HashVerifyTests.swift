import Foundation
import TestSupport
import Testing

@Suite("The job hash-verify")
struct HashVerifyTests {
  @Test("reads all content once and says that it is whole")
  func sound() throws {
    let library = try JobLibrary(contents: 7)
    let id = try library.submit("hash-verify", #"{"parts": 3}"#)
    try library.work()
    let job = try library.job(id)
    #expect(job["state"] as? String == "completed")
    #expect(job["progress"] as? Double == 1)
    let result = try #require(job["result"] as? [String: Any])
    #expect(result["ok"] as? Bool == true)
    #expect(result["checked"] as? Int == 7)
    #expect((job["children"] as? [String: Any])?["done"] as? Int == 3)
    #expect(try library.parts(of: id).compactMap { $0["ordinal"] as? Int } == [0, 1, 2])
  }

  @Test("names each flipped byte's content and each missing one's asset, and status 1 tells it")
  func damaged() throws {
    let library = try JobLibrary(contents: 9)
    let blobs = try library.blobs()
    try #require(blobs.count == 9)
    try library.flipByte(of: blobs[2])
    try library.flipByte(of: blobs[8])
    try FileManager.default.removeItem(atPath: blobs[5])
    let id = try library.submit("hash-verify", #"{"parts": 4}"#)
    try library.work()
    let watched = try library.run("jobs", "watch", id)
    #expect(watched.status == 1)
    let result = try #require(try library.job(id)["result"] as? [String: Any])
    #expect(result["ok"] as? Bool == false)
    #expect(result["checked"] as? Int == 8)
    let damaged = try #require(result["damaged"] as? [[String: Any]])
    #expect(
      Set(damaged.compactMap { $0["file_hash"] as? String }) == [name(blobs[2]), name(blobs[8])])
    #expect(damaged.allSatisfy { ($0["name"] as? String)?.hasSuffix(".txt") == true })
    let missing = try #require(result["missing"] as? [[String: Any]])
    #expect(missing.compactMap { $0["file_hash"] as? String } == [name(blobs[5])])
    #expect(missing.first?["asset_id"] is String)
    // Nothing was moved: nobody asked for that.
    #expect(try library.blobs().count == 8)
  }

  @Test("puts damaged content aside where that is asked for")
  func repair() throws {
    let library = try JobLibrary(contents: 3)
    let blob = try library.blobs()[1]
    try library.flipByte(of: blob)
    let id = try library.submit("hash-verify", #"{"repair": true}"#)
    try library.work()
    let result = try #require(try library.job(id)["result"] as? [String: Any])
    let damaged = try #require(result["damaged"] as? [[String: Any]])
    let aside = try #require(damaged.first?["moved_to"] as? String)
    #expect(FileManager.default.fileExists(atPath: aside))
    #expect(!FileManager.default.fileExists(atPath: blob))
  }

  @Test("is done in an empty library, without parts")
  func empty() throws {
    let library = try JobLibrary(contents: 1)
    for blob in try library.blobs() { try FileManager.default.removeItem(atPath: blob) }
    let id = try library.submit("hash-verify")
    try library.work()
    let result = try #require(try library.job(id)["result"] as? [String: Any])
    #expect(result["checked"] as? Int == 0 && result["missing_count"] as? Int == 1)
  }

  @Test("killed again and again, reads no part again that was over", .timeLimit(.minutes(5)))
  func killed() throws {
    let parts = 40
    let library = try JobLibrary(contents: parts, bytes: 200_000)
    let id = try library.submit("hash-verify", #"{"parts": \#(parts)}"#)
    var kills = 0
    var finished: [String: String] = [:]
    while try library.job(id)["state"] as? String != "completed" {
      let worker = try library.worker("--once", "--lease", "1", "--slots", "1")
      // The last one is not interrupted, so that it comes to an end.
      if kills < 4, worker.awaitEvent("segment_complete") {
        worker.signal(SIGKILL)
        kills += 1
      }
      worker.awaitEnd()
      for part in try library.parts(of: id) where part["state"] as? String == "completed" {
        let (id, end) = (try #require(part["id"] as? String), part["finished_at"] as? String)
        #expect(finished[id] == nil || finished[id] == end, "a part that was over ended again")
        finished[id] = end
      }
    }
    #expect(kills >= 1, "no worker was killed while there was work")
    let result = try #require(try library.job(id)["result"] as? [String: Any])
    #expect(result["checked"] as? Int == parts)
    // A part's log has a line each time it was read to its end, and only the one that was cut off
    // by a kill can have been told twice.
    let read = try library.parts(of: id).reduce(0) { sum, part in
      let log = try library.run("jobs", "logs", try #require(part["id"] as? String), "--json")
      return sum + log.stdout.split(separator: "\n").count { $0.contains("part checked") }
    }
    #expect((parts...parts + kills).contains(read), "\(read) readings of \(parts) parts")
  }

  @Test("is shared by two workers, and each part is done by one of them")
  func twoWorkers() throws {
    let library = try JobLibrary(contents: 24, bytes: 50_000)
    let id = try library.submit("hash-verify", #"{"parts": 24}"#)
    let workers = [
      try library.worker("--once", "--slots", "1"), try library.worker("--once", "--slots", "1"),
    ]
    for worker in workers { #expect(worker.awaitEnd() == 0) }
    let job = try library.job(id)
    #expect((job["result"] as? [String: Any])?["checked"] as? Int == 24)
    let parts = try library.parts(of: id)
    #expect(parts.allSatisfy { $0["attempts"] as? Int == 1 && $0["crashes"] as? Int == 0 })
  }

  private func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }
}
