import Foundations

/// What another machine answered, whatever it says.
package struct HTTPResponse: Sendable, Hashable {
  /// 200 for well done, and so on.
  package let status: Int
  package let headers: [HTTPHeader]
  package let body: [UInt8]
  /// How long to wait before asking again, where the answer tells.
  package let retryAfter: Duration?

  private static let shownBytes = 200
  /// Those that may pass: too slow, too early, too many, and all that are the server's own fault.
  private static let passing: Set<Int> = [408, 425, 429]

  /// The value of a header; of several with one name the first.
  package subscript(name: String) -> String? { headers.first { $0.isCalled(name) }?.value }

  /// Whether it was done: a status of 200 to 299.
  package var isSuccess: Bool { (200..<300).contains(status) }

  /// Throws unless it was done.
  package func requireSuccess(of address: HTTPAddress) throws(HTTPFailure) {
    guard !isSuccess else { return }
    let mayPass = status >= 500 || Self.passing.contains(status)
    throw HTTPFailure(
      mayPass ? .httpBusy : .httpStatus, "\(address) answered \(status)", hint: said,
      retryAfter: retryAfter)
  }

  /// The beginning of what it said, if that is text.
  private var said: String? {
    guard let text = String(validating: body.prefix(Self.shownBytes), as: UTF8.self) else {
      return nil
    }
    let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    guard !line.isEmpty, !line.hasPrefix("<") else { return nil }
    return "it said: " + TerminalSafe.line(Redaction.standard.text(line))
  }
}
