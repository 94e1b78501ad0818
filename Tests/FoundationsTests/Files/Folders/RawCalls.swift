import Glibc

/// System calls that glibc has as variadic functions only, which Swift does not import.
enum RawCalls {
  // The same number on every architecture.
  private static let openat2: UInt32 = 437

  struct Refused: Error { let errno: Int32 }

  /// Whether this process may use openat2(2).
  static func openat2Works() -> Bool {
    typealias Call = @convention(c) (Int, Int, UnsafePointer<CChar>, UnsafeRawPointer, Int) -> Int
    guard let symbol = dlsym(nil, "syscall") else { return false }
    let call = unsafeBitCast(symbol, to: Call.self)
    // struct open_how: flags, mode, resolve.
    let how: [UInt64] = [UInt64(O_RDONLY), 0, 0]
    let number = call(Int(openat2), Int(AT_FDCWD), ".", how, 24)
    if number >= 0 { close(Int32(number)) }
    return number >= 0
  }

  /// Has openat2(2) answer with an error on this thread, for good, as a sandbox would.
  static func forbidOpenat2(answering number: Int32) throws {
    typealias Control = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
    guard let symbol = dlsym(nil, "prctl") else { throw Refused(errno: ENOSYS) }
    let control = unsafeBitCast(symbol, to: Control.self)
    // struct sock_filter: code (16 bits), jump if true, jump if false (8 bits each), value.
    func step(_ code: UInt64, _ isTrue: UInt64, _ isFalse: UInt64, _ value: UInt32) -> UInt64 {
      code | isTrue << 16 | isFalse << 24 | UInt64(value) << 32
    }
    let program = [
      step(0x20, 0, 0, 0),  // load the call's number
      step(0x15, 0, 1, openat2),  // is it this one?
      step(0x06, 0, 0, 0x0005_0000 | UInt32(number)),  // then answer with the error
      step(0x06, 0, 0, 0x7FFF_0000),  // else allow it
    ]
    try program.withUnsafeBufferPointer { steps in
      // struct sock_fprog: the number of steps, and where they are.
      let filter = [UInt(steps.count), UInt(bitPattern: steps.baseAddress)]
      try filter.withUnsafeBufferPointer { filter in
        let (noNewPrivileges, seccomp, filterMode): (Int32, Int32, UInt) = (38, 22, 2)
        guard control(noNewPrivileges, 1, 0, 0, 0) == 0,
          control(seccomp, filterMode, UInt(bitPattern: filter.baseAddress), 0, 0) == 0
        else { throw Refused(errno: errno) }
      }
    }
  }
}
