import Glibc

/// The edge of the operating system: retries what a signal interrupted and turns a -1 into a
/// failure that names the call and the path. Nothing else in the code reads `errno` by hand.
@discardableResult
package func systemCall<Result: SignedInteger>(
  _ operation: String, _ path: FilePath? = nil, _ call: () -> Result
) throws(FileFailure) -> Result {
  while true {
    let result = call()
    if result != -1 { return result }
    let number = errno
    if number == EINTR { continue }
    throw FileFailure(errno: number, operation: operation, path: path)
  }
}
