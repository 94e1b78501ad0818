package import Blobs
package import Foundations
import Testing

/// One thing that every blob store promises.
package struct BlobPromise: Sendable, CustomTestStringConvertible {
  /// A store to try a promise with, empty, and the hands on its time and on its bytes.
  package struct Subject: Sendable {
    /// The store.
    package let store: any BlobStore
    /// What moves its clock.
    package let time: ManualTime
    /// Puts other bytes under a blob's name, as a fault would.
    package let damage: @Sendable (BlobID, [UInt8]) throws -> Void
    /// A folder for files that are not the store's.
    package let folder: FilePath

    /// A store with its surroundings.
    package init(
      store: any BlobStore, time: ManualTime, folder: FilePath,
      damage: @escaping @Sendable (BlobID, [UInt8]) throws -> Void
    ) {
      self.store = store
      self.time = time
      self.folder = folder
      self.damage = damage
    }

    /// Commits bytes and returns their name.
    @discardableResult
    package func add(_ bytes: [UInt8], _ durability: Durability = .relaxed) throws -> BlobID {
      let staged = try stage(bytes)
      _ = try staged.commit(durability)
      return staged.facts.id
    }

    /// Takes bytes in, in pieces.
    package func stage(
      _ bytes: [UInt8], _ options: IntakeOptions = IntakeOptions()
    ) throws -> any StagedBlob {
      let intake = try store.beginIntake(options)
      var rest = bytes[...]
      while !rest.isEmpty {
        try intake.append(Array(rest.prefix(7_000)))
        rest = rest.dropFirst(7_000)
      }
      return try intake.finish()
    }

    /// All bytes of a blob.
    package func bytes(of id: BlobID) throws -> [UInt8] {
      var bytes: [UInt8] = []
      try store.open(id).read { bytes += $0 }
      return bytes
    }
  }

  /// The promise.
  package let testDescription: String
  /// Tries it.
  package let check: @Sendable (Subject) async throws -> Void

  init(_ promise: String, _ check: @escaping @Sendable (Subject) async throws -> Void) {
    testDescription = promise
    self.check = check
  }

  /// All promises.
  package static var all: [BlobPromise] {
    Committing.promises + Reading.promises + Listing.promises + Sweeping.promises
      + Verifying.promises
  }

  /// Bytes that are nothing in particular, the same for the same number.
  package static func content(_ number: Int, size: Int = 50_000) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(number))
    var bytes: [UInt8] = []
    while bytes.count < size {
      withUnsafeBytes(of: random.next()) { bytes.append(contentsOf: $0) }
    }
    return Array(bytes.prefix(size))
  }
}

/// The code of the failure that a body ends with, nil where it ends well.
package func failureCode<R>(_ body: () throws -> R) -> FailureCode? {
  do {
    _ = try body()
    return nil
  } catch {
    return error.asFailure.code
  }
}
