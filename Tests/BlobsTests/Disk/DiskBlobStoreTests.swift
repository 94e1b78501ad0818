import Blobs
import BlobsConformance
import Foundation
import Foundations
import Hashing
import TestSupport
import Testing

@Suite("Blobs on disk", .timeLimit(.minutes(5)))
struct DiskBlobStoreTests {
  private let folder: TemporaryFolder
  private var library: FilePath { FilePath(folder.path).appending("library") }

  init() throws { folder = try TemporaryFolder() }

  @Test("lie under the first digits of their names and can only be read")
  func layout() throws {
    let store = try DiskBlobStore(in: library)
    let id = try add([1, 2, 3], to: store)
    let digits = id.description
    let place = "blobs/\(digits.prefix(2))/\(digits.dropFirst(2).prefix(2))/\(digits)"
    #expect(try files(below: library) == [place])
    #expect(try FileStatus.of(library.appending(place)).mode == 0o444)
    #expect(store.localPath(of: id) == library.appending(place))
  }

  @Test("strange things among them are neither listed nor followed")
  func strangers() throws {
    let store = try DiskBlobStore(in: library)
    let id = try add([1, 2, 3], to: store)
    let shard = try #require(store.localPath(of: id)).parent
    for name in ["note.txt", String(id.description.dropLast()), id.description.uppercased()] {
      try AtomicFile.replace(shard.appending(name), with: [1])
    }
    for name in ["blobs/zz", "blobs/AB", "blobs/file"] {
      _ = try Folder.make(library.appending(name))
    }
    try AtomicFile.replace(library.appending("blobs/00"), with: [1])
    let link = BlobID(SHA256.hash([9]))
    let linked = try #require(store.localPath(of: link))
    _ = try Folder.make(linked.parent)
    try FileManager.default.createSymbolicLink(
      atPath: linked.text, withDestinationPath: "/etc/passwd")
    #expect(try store.list(after: nil, atMost: 10).map(\.id) == [id])
    #expect(failureCode { try store.open(link) } == .blobNotFound)
    #expect(try store.stage([9]).commit() == .stored)
    #expect(try FileStatus.of(linked, followLinks: false).kind == .plain)
    #expect(try files(below: library.appending("quarantine")) == [link.description])
  }

  @Test("a store that is not there is told so and not made, unless it may be")
  func absent() throws {
    var options = DiskBlobStore.Options()
    options.makesFolders = false
    #expect(failureCode { try DiskBlobStore(in: library, options) } == .blobStoreAbsent)
    #expect(FileStatus.ifPresent(library) == nil)
    _ = try DiskBlobStore(in: library)
    _ = try DiskBlobStore(in: library, options)
  }

  @Test("folders on two file systems are refused")
  func split() throws {
    _ = try Folder.make(library.appending("blobs"))
    try FileManager.default.createSymbolicLink(
      atPath: library.appending("staging").text, withDestinationPath: "/dev/shm")
    #expect(failureCode { try DiskBlobStore(in: library) } == .blobStoreSplit)
  }

  @Test("what a dead process left in staging is swept at start, what lives is not")
  func leftovers() throws {
    let store = try DiskBlobStore(in: library)
    let alive = try store.stage([1, 2, 3])
    let name = ".temp-0123456789abcdef.blob"
    try AtomicFile.replace(library.appending("staging").appending(name), with: [1, 2])
    let other = try DiskBlobStore(in: library)
    #expect(other.leftovers.files == 1 && other.leftovers.bytes == 2)
    #expect(try alive.commit() == .stored)
  }

  @Test("nothing stays in staging, however an intake ends")
  func noLeftovers() throws {
    let store = try DiskBlobStore(in: library)
    for end in 0..<4 {
      let intake = try store.beginIntake(IntakeOptions(limit: 10))
      try intake.append([1, 2])
      switch end {
      case 0: intake.discard()
      case 1: _ = failureCode { try intake.append([UInt8](repeating: 0, count: 20)) }
      case 2: try intake.finish().discard()
      default: break
      }
    }
    #expect(try files(below: library) == [])
  }

  @Test("a hard link takes the file itself, and a move by it copies nothing")
  func linking() throws {
    let store = try DiskBlobStore(in: library)
    let path = FilePath(try folder.write("file", [1, 2, 3]))
    let inode = try FileStatus.of(path).inode
    let staged = try store.take(path, TakingOptions(ways: [.hardLink]), stop: nil)
    #expect(try staged.commit() == .stored)
    let blob = try FileStatus.of(try #require(store.localPath(of: staged.facts.id)))
    #expect(blob.inode == inode && blob.mode == 0o444 && blob.links == 2)
    let moved = try store.take(path, .moving, stop: nil)
    #expect(try moved.commit() == .alreadyThere)
    #expect(FileStatus.ifPresent(path) == nil)
    #expect(try files(below: library).count == 1)
  }

  @Test("a move removes only the file that was taken, not one that came in its place")
  func moveOfAnother() throws {
    let store = try DiskBlobStore(in: library)
    let path = FilePath(try folder.write("file", [1, 2, 3]))
    let staged = try store.take(path, .moving, stop: nil)
    try AtomicFile.replace(path, with: [4, 5])
    _ = try staged.commit()
    #expect(try SmallFile.read(path, limit: 10) == [4, 5])
  }

  @Test("across file systems a link is refused where no copy is allowed, and copied where it is")
  func otherFileSystem() throws {
    let store = try DiskBlobStore(in: library)
    let path = FilePath("/dev/shm/mediary-test-\(UUID().uuidString)")
    try AtomicFile.replace(path, with: [1, 2, 3])
    defer { try? FileManager.default.removeItem(atPath: path.text) }
    let options = TakingOptions(ways: [.reflink, .hardLink])
    #expect(failureCode { try store.take(path, options, stop: nil) } == .fileElsewhere)
    let staged = try store.take(path, .moving, stop: nil)
    #expect(try staged.commit() == .stored)
    #expect(FileStatus.ifPresent(path) == nil)
    let id = staged.facts.id
    let target = try Destination(path)
    #expect(
      failureCode { try store.materialise(id, as: target, ways: [.reflink, .hardLink]) }
        == .fileElsewhere)
    #expect(try store.materialise(id, as: target) == .copy)
  }

  @Test("a hard link into a folder is the blob itself and stays read-only")
  func materialising() throws {
    let store = try DiskBlobStore(in: library)
    let id = try add([1, 2, 3], to: store)
    let target = try Destination(FilePath(folder("linked")))
    #expect(try store.materialise(id, as: target, ways: [.hardLink]) == .hardLink)
    let linked = try FileStatus.of(target.path)
    #expect(linked.mode == 0o444 && linked.links == 2)
  }

  @Test("a file that is written to while it is taken in is refused")
  func changing() throws {
    let store = try DiskBlobStore(in: library)
    let path = FilePath(try folder.write("film", [UInt8](repeating: 1, count: 3_000_000)))
    let disk = FailingDisk(under: path)
    for ways in [[FileCopy.Way.copy], [.hardLink]] {
      for change in Change.allCases {
        let code = disk.run(.stalling { change.make(to: path) }, at: 3, of: "read") {
          failureCode { try store.take(path, TakingOptions(ways: ways), stop: nil) }
        }
        #expect(code == .blobChanged, "\(change) \(ways)")
      }
    }
    #expect(try files(below: library) == [])
  }

  enum Change: CaseIterable {
    case grow, cut, overwrite, overwriteAndHide

    func make(to path: FilePath) {
      do {
        let file = try FileDescriptor.open(path, 2)
        switch self {
        case .grow: try file.write([9], at: try file.status().size)
        case .cut: try file.setSize(try file.status().size - 1)
        case .overwrite: try file.write([7], at: 5)
        case .overwriteAndHide:
          let times = try file.times()
          try file.write([8], at: 5)
          try file.setTimes(times)
        }
      } catch {
        Issue.record(error)
      }
    }
  }

  @Test("content that is larger than the disk's free space is refused before a byte is written")
  func tooLargeForDisk() throws {
    let store = try DiskBlobStore(in: library)
    #expect(
      failureCode { try store.beginIntake(IntakeOptions(expectedSize: 1 << 60)) } == .diskFull)
  }

  private func add(_ bytes: [UInt8], to store: DiskBlobStore) throws -> BlobID {
    let staged = try store.stage(bytes)
    try staged.commit()
    return staged.facts.id
  }
}

extension DiskBlobStore {
  /// Takes bytes in.
  func stage(_ bytes: [UInt8]) throws -> any StagedBlob {
    let intake = try beginIntake(IntakeOptions())
    try intake.append(bytes)
    return try intake.finish()
  }
}
