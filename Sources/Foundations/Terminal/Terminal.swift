import CSystem
import Glibc

/// How large a terminal is, in characters.
package struct TerminalSize: Sendable, Hashable {
  /// Characters in a line.
  package let columns: Int
  /// Lines on the screen.
  package let rows: Int

  /// A size by its two numbers.
  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size of the terminal behind a descriptor; nil where there is none, or it does not know.
  package static func of(descriptor: Int32) -> TerminalSize? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard mediary_terminal_size(descriptor, &columns, &rows) == 0, columns > 0 else { return nil }
    return TerminalSize(columns: Int(columns), rows: Int(rows))
  }
}

/// What one output stream can show.
///
/// All of it is decided when the value is made, but for the size, which is asked each time: a
/// window is resized while a bar is running.
package struct Terminal: Sendable {
  /// Whether a person's terminal is at the other end.
  package let isInteractive: Bool
  /// How many colours to use.
  package let colorDepth: ColorDepth
  /// Whether characters beyond ASCII may be drawn.
  package let isUnicode: Bool
  /// Whether anything may be redrawn in place.
  package let mayAnimate: Bool
  private let measure: @Sendable () -> TerminalSize?
  private let columnsOfEnvironment: Int?

  /// The stream behind a descriptor.
  package init(
    descriptor: Int32, environment: [String: String], color: ColorChoice = .auto
  ) {
    self.init(
      isInteractive: isatty(descriptor) == 1, environment: environment, color: color,
      size: { TerminalSize.of(descriptor: descriptor) })
  }

  /// A stream whose nature and size are told.
  package init(
    isInteractive: Bool, environment: [String: String], color: ColorChoice = .auto,
    size: @escaping @Sendable () -> TerminalSize? = { nil }
  ) {
    self.isInteractive = isInteractive
    colorDepth = .wanted(color, isInteractive: isInteractive, environment: environment)
    isUnicode = Self.saysUTF8(environment)
    let isContinuousIntegration = !["", "0", "false"].contains(environment["CI"] ?? "")
    let isDumb = ["", "dumb"].contains(environment["TERM"] ?? "")
    mayAnimate = isInteractive && !isContinuousIntegration && !isDumb
    // A pipe has no size, whatever the caller's closure would say.
    measure = { isInteractive ? size() : nil }
    columnsOfEnvironment = environment["COLUMNS"].flatMap { Int($0) }
  }

  /// The size now.
  ///
  /// Where the stream is no terminal: the columns of `COLUMNS`, or else 80, and no end of rows.
  package var size: TerminalSize {
    let columns = Self.sensibleColumns
    if let size = measure() {
      return TerminalSize(
        columns: min(max(size.columns, columns.lowerBound), columns.upperBound),
        rows: size.rows > 0 ? size.rows : 24)
    }
    let told = columnsOfEnvironment.flatMap { columns.contains($0) ? $0 : nil }
    return TerminalSize(columns: told ?? 80, rows: .max)
  }

  /// The columns of a line now.
  package var width: Int { size.columns }

  // A wrong answer (0, a million) must not become a division by zero or a gigabyte of spaces.
  private static let sensibleColumns = 10...1_000

  /// What stands for text that was left out.
  package var ellipsis: String { isUnicode ? "…" : "..." }

  /// The line as it is to be written to this stream.
  package func render(_ line: StyledText) -> String { line.rendered(colorDepth) }

  /// Only the first that is set counts, as for the C library.
  private static func saysUTF8(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    let name = (locale ?? "").lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }
}
