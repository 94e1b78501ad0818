import CCurl

/// What has come of an answer so far, filled by libcurl's callbacks.
final class Answer {
  private static let mostHeaderBytes = 256 << 10

  private(set) var headers: [HTTPHeader] = []
  private(set) var body: [UInt8] = []
  /// Whether more came than is taken.
  private(set) var isTooLarge = false
  private var headerBytes = 0
  private let most: Int

  init(atMost most: Int) { self.most = most }

  /// Takes a header line; false ends the transfer.
  func takeLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    guard headerBytes <= Self.mostHeaderBytes else {
      isTooLarge = true
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self)
    // Each answer on the way begins so: one that leads elsewhere, one of a proxy.
    if line.hasPrefix("HTTP/") {
      headers = []
      body = []
    } else if let header = HTTPHeader(line: line) {
      headers.append(header)
    }
    return true
  }

  /// Takes a part of the body; false ends the transfer.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= most else {
      isTooLarge = true
      return false
    }
    body += bytes
    return true
  }

  /// libcurl's callbacks, told of the answer by its address.
  static let lineTaker: curl_write_callback = { bytes, size, count, answer in
    taken(bytes, size * count, answer) { $0.takeLine($1) }
  }
  static let bodyTaker: curl_write_callback = { bytes, size, count, answer in
    taken(bytes, size * count, answer) { $0.takeBody($1) }
  }

  private static func taken(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ answer: UnsafeMutableRawPointer?,
    _ take: (Answer, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let answer else { return 0 }
    let object = Unmanaged<Answer>.fromOpaque(answer).takeUnretainedValue()
    let isTaken = take(object, UnsafeRawBufferPointer(start: bytes, count: count))
    // Any other number than that of the bytes ends it; one more, because there may be none.
    return isTaken ? count : count + 1
  }
}
