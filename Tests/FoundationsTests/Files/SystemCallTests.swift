import Foundations
import Glibc
import Synchronization
import Testing

// A signal's handler may touch nothing but atomics.
private let interruptions = Atomic<Int>(0)

@Suite("System calls")
struct SystemCallTests {
  @Test("a call that a signal interrupted is made again")
  func interrupted() throws {
    try withTestFolder { folder throws in
      let disk = FailingDisk(under: folder)
      let file = try disk.run(.once(errno: EINTR), at: 1) {
        try FileDescriptor.open(folder.appending("x"), O_RDWR | O_CREAT)
      }
      #expect(disk.calls.map(\.operation) == ["open", "open"])
      #expect(try file.status().size == 0)
    }
  }

  @Test("a real signal during a read does not end it", .timeLimit(.minutes(1)))
  func realSignal() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let reading = ends[0]
    let writing = FileDescriptor(owning: ends[1])
    // Without SA_RESTART the system hands the interruption through to the call.
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in interruptions.add(1, ordering: .relaxed) }
    var before = sigaction()
    try #require(sigaction(SIGURG, &action, &before) == 0)
    defer { sigaction(SIGURG, &before, nil) }

    let reader = Monitor<(thread: pthread_t?, got: Result<[UInt8], any Error>?)>((nil, nil))
    try OwnThread.start(named: "reader") {
      var signals = sigset_t()
      sigaddset(&signals, SIGURG)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      reader.withLock { $0.thread = pthread_self() }
      reader.notify()
      let got = Result { try FileDescriptor(owning: reading).readAll(limit: 10) }
      reader.withLock { $0.got = got }
      reader.notify()
    }
    let thread = reader.wait { $0.thread }
    while interruptions.load(ordering: .relaxed) < 100 {
      pthread_kill(thread, SIGURG)
      sched_yield()
    }
    try writing.write(Array("x".utf8))
    _ = consume writing
    #expect(try reader.wait { $0.got }.get() == Array("x".utf8))
  }

  @Test(
    "an error number has a code, and the message names the act, the thing and the reason",
    arguments: [
      (ENOENT, "file.not_found"), (ENOTDIR, "file.not_found"), (EACCES, "file.denied"),
      (EROFS, "file.read_only"), (EEXIST, "file.exists"), (EISDIR, "file.is_folder"),
      (ENOTEMPTY, "file.folder_not_empty"), (ENOSPC, "file.disk_full"), (EDQUOT, "file.disk_full"),
      (EFBIG, "file.too_large"), (EMFILE, "file.exhausted"), (ELOOP, "file.loop"),
      (EXDEV, "file.other_file_system"), (ENAMETOOLONG, "file.name_too_long"),
      (EBUSY, "file.busy"), (EIO, "file.io"), (EINVAL, "file.io"),
    ])
  func meaning(number: Int32, code: String) throws {
    let failure = #expect(throws: FileFailure.self) {
      try FailingDisk(under: "/no/such").run(.once(errno: number), at: 1) {
        _ = try FileDescriptor.open("/no/such/file", O_RDONLY)
      }
    }
    #expect(failure?.code.name == code)
    #expect(failure?.errno == number)
    #expect(failure?.message == "cannot open /no/such/file: \(FileFailure.text(of: number))")
  }
}
