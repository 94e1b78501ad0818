/// Strings as C takes a list of them: pointers to NUL-ended bytes, and a null pointer at the end.
struct CStringList: ~Copyable {
  private let bytes: UnsafeMutableBufferPointer<CChar>
  private let pointers: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

  /// Copies the strings, none of which may hold a NUL.
  init(_ strings: [[UInt8]]) {
    bytes = .allocate(capacity: max(1, strings.reduce(0) { $0 + $1.count + 1 }))
    pointers = .allocate(capacity: strings.count + 1)
    var next = 0
    for (index, string) in strings.enumerated() {
      pointers.initializeElement(at: index, to: bytes.baseAddress?.advanced(by: next))
      for byte in string {
        bytes.initializeElement(at: next, to: CChar(bitPattern: byte))
        next += 1
      }
      bytes.initializeElement(at: next, to: 0)
      next += 1
    }
    pointers.initializeElement(at: strings.count, to: nil)
  }

  deinit {
    bytes.deallocate()
    pointers.deallocate()
  }

  /// The list; valid as long as this value lives.
  var base: UnsafePointer<UnsafeMutablePointer<CChar>?>? { UnsafePointer(pointers.baseAddress) }
}
