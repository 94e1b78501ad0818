import Foundations

/// One way of publishing many files.
struct Way: Sendable {
  let name: String
  private let work: @Sendable (_ files: Int, _ bytes: [UInt8], _ folder: Folder) throws -> Void

  static let singly = Way.oneByOne("temp + rename + fsync file, folder") { staged, target in
    try staged.publish(as: target)
  }

  static let all: [Way] = [
    Way(name: "plain write") { files, bytes, folder in
      for index in 0..<files {
        try folder.open(name(index), writeNew).write(bytes)
      }
    },
    .oneByOne("temp + rename") { staged, target in
      try staged.publish(as: target, durability: .relaxed)
    },
    .oneByOne("temp + rename + fsync file") { staged, target in
      try staged.file.sync()
      try staged.publish(as: target, durability: .relaxed)
    },
    singly,
    .grouped(publishers: 1), .grouped(publishers: 8), .grouped(publishers: 64),
  ]

  func publish(_ files: Int, of size: Int, in folder: Folder) throws {
    // Random, so that no file system saves it smaller than it is.
    var bytes = [UInt8](repeating: 0, count: size)
    for index in bytes.indices { bytes[index] = .random(in: 0...255) }
    try work(files, bytes, folder)
  }

  // O_WRONLY | O_CREAT | O_EXCL, as Linux numbers them.
  private static let writeNew: Int32 = 0o301

  private static func name(_ index: Int) -> FileName {
    FileName(text: "file-\(index)") ?? "file"
  }

  private static func oneByOne(
    _ name: String,
    _ publish: @escaping @Sendable (consuming StagedFile, Destination) throws -> Void
  ) -> Way {
    Way(name: name) { files, bytes, folder in
      for index in 0..<files {
        let staged = try StagedFile.create(in: folder)
        try staged.append(bytes)
        try publish(staged, Destination(folder: folder, name: Self.name(index)))
      }
    }
  }

  /// Through one group, from so many threads; each waits for its file before it makes the next.
  private static func grouped(publishers: Int) -> Way {
    Way(name: "group commit, \(publishers) publisher\(publishers == 1 ? "" : "s")") {
      files, bytes, folder in
      let group = try CommitGroup()
      let left = Monitor(publishers)
      for publisher in 0..<publishers {
        try OwnThread.start(named: "publisher") {
          do {
            for index in stride(from: publisher, to: files, by: publishers) {
              let staged = try StagedFile.create(in: folder)
              try staged.append(bytes)
              try group.publish(staged, as: Destination(folder: folder, name: Self.name(index)))
            }
          } catch {
            fatalError("publishing failed: \(error)")
          }
          left.withLock { $0 -= 1 }
          left.notify()
        }
      }
      left.wait { $0 == 0 ? () : nil }
      group.finish()
    }
  }
}
