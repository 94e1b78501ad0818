import BlobsConformance
import Foundations
import Hashing
import TestSupport
import Testing

@Suite("Hashes of large files, which are read ahead", .timeLimit(.minutes(5)))
struct LargeFileHashTests {
  private let folder: TemporaryFolder
  private let path: FilePath
  private let bytes = BlobPromise.content(1, size: 9_000_001)

  init() throws {
    folder = try TemporaryFolder()
    path = FilePath(try folder.write("large", bytes))
  }

  @Test("are those of their bytes")
  func same() throws {
    #expect(try SHA256.hash(.open(path, 0)) == SHA256.hash(bytes))
  }

  @Test("end when told to, and when the file cannot be read")
  func ends() throws {
    let stop = StopFlag()
    stop.stop()
    #expect(failureCode { try SHA256.hash(.open(path, 0), stop: stop) } == .stopped)
    for call in [1, 2, 40] {
      let code = FailingDisk(under: path).run(.once(errno: 5), at: call, of: "read") {
        failureCode { try SHA256.hash(.open(path, 0)) }
      }
      #expect(code == .inputOutput, "read \(call)")
    }
  }
}
