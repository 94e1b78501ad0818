package import Foundations

/// The folder that a library lies in, and the places in it.
package struct LibraryFolder: Sendable {
  /// The folders of a library.
  package enum Place: String, Sendable, CaseIterable {
    case blobs, runs, journal, derived, segments, staging, work, logs, trash, quarantine, archive,
      exports
  }

  /// Where it lies.
  package let path: FilePath
  /// Which library it is.
  package let mark: LibraryMark
  // Only its identity is asked: the folder itself may be on a disk that goes.
  private let status: FileStatus

  /// Opens a library, or makes one where `creates` says so and nothing stands in the way.
  ///
  /// `library.absent` where it is not there, `library.foreign` where the folder holds something
  /// else: a disk that is not mounted leaves an empty folder, which must not be taken for a library
  /// that lost everything.
  package static func open(
    _ path: FilePath, creates: Bool, clock: any TimeSource = SystemTime(),
    random: any RandomSource = SystemRandom()
  ) throws -> LibraryFolder {
    guard try FileStatus.find(path) != nil else {
      guard creates else { throw absent(path) }
      return try make(path, clock, random)
    }
    let folder = try Folder.open(path)
    if let mark = try LibraryMark.read(in: folder) {
      let library = LibraryFolder(path: path, mark: mark, status: folder.status)
      // What may be deleted at any time may be missing; so may all that is empty.
      try library.makePlaces(in: folder)
      return library
    }
    guard try isUnused(folder) else {
      throw LibraryFailure(
        .libraryForeign, "\(path) is not a library and not empty",
        hint: "name an empty folder, or one that does not exist yet")
    }
    guard creates else { throw absent(path) }
    return try make(path, clock, random)
  }

  private init(path: FilePath, mark: LibraryMark, status: FileStatus) {
    self.path = path
    self.mark = mark
    self.status = status
  }

  /// Where one of its folders lies.
  package func path(of place: Place) -> FilePath { path.appending(place.rawValue) }

  /// The catalogue and the jobs.
  package var database: FilePath { path.appending("mediary.db") }

  /// Taken for each write transaction.
  package var lock: FilePath { path.appending("mediary.lock") }

  /// Throws `library.absent` where the folder that was opened is not there any more.
  ///
  /// Asked before anything is cleaned: what is on an absent disk is not gone.
  package func requirePresent() throws {
    guard let now = try FileStatus.find(path), now.isSameFile(as: status),
      let mark = try LibraryMark.read(in: try Folder.open(path)), mark.id == self.mark.id,
      try FileStatus.find(self.path(of: .blobs)) != nil
    else { throw Self.absent(path) }
  }

  private static func absent(_ path: FilePath) -> LibraryFailure {
    LibraryFailure(
      .libraryAbsent, "there is no library at \(path)",
      hint: "mount its disk, or name another folder")
  }

  /// Whether there is nothing in a folder but what a file system or a killed start left there.
  private static func isUnused(_ folder: Folder) throws -> Bool {
    let own = Set(Place.allCases.map(\.rawValue)).union(["lost+found"])
    for entry in try FolderEntries(of: folder) {
      guard own.contains(entry.name.text), entry.kind == .folder || entry.kind == nil else {
        if entry.name.isHidden { continue }
        return false
      }
      guard entry.name.text != "lost+found" else { continue }
      guard try FolderEntries(of: folder.folder(entry.name)).isEmpty else { return false }
    }
    return true
  }

  private static func make(
    _ path: FilePath, _ clock: any TimeSource, _ random: any RandomSource
  ) throws -> LibraryFolder {
    let folder = try Folder.make(path)
    // Two processes may make it at once: the first mark stands.
    try folder.lock()
    defer { folder.unlock() }
    if let mark = try LibraryMark.read(in: folder) {
      return LibraryFolder(path: path, mark: mark, status: folder.status)
    }
    let mark = LibraryMark(
      id: UUID.random(using: random).description, createdAt: clock.now)
    let library = LibraryFolder(path: path, mark: mark, status: folder.status)
    try library.makePlaces(in: folder)
    // Last, so that a folder with a mark is a whole library.
    try AtomicFile.replace(
      Destination(folder: folder, name: LibraryMark.fileName),
      with: Array((mark.json.text(.indented) + "\n").utf8))
    return library
  }

  private func makePlaces(in folder: Folder) throws {
    for place in Place.allCases {
      guard let name = FileName(text: place.rawValue) else { continue }
      _ = try folder.makeFolderIfMissing(name, durability: .relaxed)
    }
    try folder.sync()
  }
}
