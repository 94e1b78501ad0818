import Glibc

/// The edge of the operating system: retries what a signal interrupted and turns a -1 into a
/// failure that names the call and the path.
///
/// Nothing else in the code reads `errno` by hand. It is read right after the call: nothing but the
/// release of memory can lie between, and glibc's `free` leaves it alone. The path is only made
/// where a failure needs it. Calls under a folder that a test has declared a `FailingDisk` fail as
/// told; where there is none, that costs one load.
@discardableResult
package func systemCall<Result: SignedInteger>(
  _ operation: String, _ path: @autoclosure () -> FilePath? = nil, _ call: () -> Result
) throws(FileFailure) -> Result {
  while true {
    let number: Int32
    if let fault = FailingDisk.fault(at: operation, path) {
      number = fault
    } else {
      let result = call()
      if result != -1 { return result }
      number = errno
    }
    if number == EINTR { continue }
    throw FileFailure(errno: number, operation: operation, path: path())
  }
}
