/// A stream of lines: standard output for data, standard error for talk.
///
/// Lines are written whole, also from many threads. While a `LiveRegion` is open on the same
/// screen, they appear above it.
package final class TextOutput: Sendable {
  /// What the stream can show.
  package let terminal: Terminal
  /// The stream's name in messages.
  package let name: String
  private let writer: StreamWriter
  private let screen: Screen

  /// A stream over a descriptor that outlives it.
  package convenience init(descriptor: Int32, name: String, terminal: Terminal) {
    self.init(descriptor: descriptor, name: name, terminal: terminal, screen: Screen())
  }

  init(descriptor: Int32, name: String, terminal: Terminal, screen: Screen) {
    writer = StreamWriter(descriptor: descriptor)
    self.name = name
    self.terminal = terminal
    self.screen = screen
  }

  /// Writes lines as this stream shows them.
  package func write(_ lines: [StyledText]) throws(OutputFailure) {
    guard !lines.isEmpty else { return }
    try write(bytes: Array((lines.map(terminal.render).joined(separator: "\n") + "\n").utf8))
  }

  /// Writes a line as this stream shows it.
  package func write(_ line: StyledText) throws(OutputFailure) { try write([line]) }

  /// Writes a line as it is: JSON, and what else is data.
  package func write(data line: String) throws(OutputFailure) {
    try write(bytes: Array((line + "\n").utf8))
  }

  /// Writes bytes as they are, whatever they mean.
  package func write(bytes: [UInt8]) throws(OutputFailure) {
    do { try screen.write(bytes, to: writer) } catch { throw OutputFailure(name, error) }
  }

  /// Writes a line of talk; that it cannot be said stops no work.
  package func say(_ line: StyledText) { try? write(line) }

  func openRegion() { screen.open(on: terminal, writer) }
  func paint(_ lines: [StyledText]) { screen.paint(lines) }
  func closeRegion(after lines: [StyledText]?, keeping isKept: Bool) {
    screen.close(after: lines, keeping: isKept)
  }
}
