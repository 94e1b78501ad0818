import Foundations
import Glibc
import Synchronization
import Testing

@Suite("Turns by a lock file", .timeLimit(.minutes(5)))
struct TurnLockTests {
  private let long = Duration.seconds(60)

  @Test("a turn is had by one at a time, and by the next once it is let go")
  func oneAtATime() throws {
    try withTestFolder { folder in
      let first = try TurnLock(at: folder.appending("lock"))
      let second = try TurnLock(at: folder.appending("lock"))
      #expect(try first.take(atMost: .zero))
      #expect(try !second.take(atMost: .milliseconds(5)))
      first.release()
      #expect(try second.take(atMost: long))
      #expect(try !first.take(atMost: .milliseconds(5)))
      second.release()
      #expect(try first.take(atMost: long))
      first.release()
    }
  }

  @Test("who gives up waiting does not keep the turn from the others")
  func givenUp() throws {
    try withTestFolder { folder in
      let locks = try (0..<3).map { _ in try TurnLock(at: folder.appending("lock")) }
      #expect(try locks[0].take(atMost: .zero))
      #expect(try !locks[1].take(atMost: .milliseconds(5)))
      locks[1].giveUp()
      locks[0].release()
      #expect(try locks[2].take(atMost: long))
      locks[2].release()
      // And it can ask again.
      #expect(try locks[1].take(atMost: long))
      locks[1].release()
    }
  }

  @Test("a turn that nobody wants any more goes with its lock")
  func gone() throws {
    try withTestFolder { folder in
      let path = folder.appending("lock")
      let first = try TurnLock(at: path)
      #expect(try first.take(atMost: .zero))
      do {
        let second = try TurnLock(at: path)
        #expect(try !second.take(atMost: .milliseconds(5)))
      }
      first.release()
      let third = try TurnLock(at: path)
      #expect(try third.take(atMost: long))
      third.release()
    }
  }

  @Test("who has just had the turn gets it again only after those who wait")
  func fair() async throws {
    try await withTestFolder { folder in
      let path = folder.appending("lock")
      let inside = Atomic<Int>(0)
      let counts = Mutex([Int](repeating: 0, count: 4))
      // Until one has had it often; the others can then not be far behind.
      try await onThreads(
        (0..<4).map { number in
          { @Sendable in
            let lock = try TurnLock(at: path)
            let file = try FileDescriptor.open(path, O_RDWR)
            while counts.withLock({ $0.max() ?? 0 }) < 200 {
              guard try lock.take(atMost: .seconds(60)) else { continue }
              #expect(inside.add(1, ordering: .relaxed).newValue == 1)
              counts.withLock { $0[number] += 1 }
              // What a turn is for: a write that waits for the disk.
              try file.write([UInt8(number)])
              try file.sync()
              inside.subtract(1, ordering: .relaxed)
              lock.release()
            }
          }
        })
      let turns = counts.withLock { $0 }
      print("turns of four threads: \(turns)")
      #expect(turns.allSatisfy { $0 >= 100 }, "\(turns)")
    }
  }

  @Test("a lock file that cannot be made is told")
  func noFolder() throws {
    try withTestFolder { folder in
      let failure = #expect(throws: FileFailure.self) {
        _ = try TurnLock(at: folder.appending("none").appending("lock"))
      }
      #expect(failure?.code == .fileNotFound)
    }
  }
}
