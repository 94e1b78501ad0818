/// A page in the language of `man`, line by line.
struct Roff {
  private(set) var text = ""

  /// A remark that is not shown.
  mutating func comment(_ remark: String) { text += ".\\\" \(remark)\n" }

  /// A request, such as `.SH NAME`; an argument of several words is quoted.
  mutating func request(_ name: String, _ arguments: String...) {
    let quoted = arguments.map { argument in
      argument.isEmpty || argument.contains(" ")
        ? "\"\(Self.escaped(argument))\"" : Self.escaped(argument)
    }
    text += ([".\(name)"] + quoted).joined(separator: " ") + "\n"
  }

  /// A paragraph of prose.
  mutating func paragraph(_ marked: String) {
    request("PP")
    line(Self.prose(marked))
  }

  /// A term and its explanation.
  mutating func entry(_ term: String, _ explanation: String) {
    request("TP")
    line(term)
    line(explanation.isEmpty ? "\\&" : explanation)
  }

  /// Lines to be shown as they are.
  mutating func verbatim(_ lines: [String]) {
    request("EX")
    for each in lines { line(Self.escaped(each)) }
    request("EE")
  }

  /// A line of text that is escaped already.
  mutating func line(_ escaped: String) {
    // A dot or an apostrophe at the start would be taken for a request.
    let isRequest = escaped.hasPrefix(".") || escaped.hasPrefix("'")
    text += (isRequest ? "\\&" : "") + escaped + "\n"
  }

  /// Prose with what is typed in bold.
  static func prose(_ marked: String) -> String {
    MarkedText(marked).pieces
      .map { $0.isLiteral ? bold($0.text) : escaped($0.text) }.joined()
  }

  /// What is typed as it stands.
  static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }

  /// What stands for something.
  static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  /// Text whose every character stands for itself.
  ///
  /// Hyphens, quotation marks and accents would else be set as typographers like them, and could
  /// not be copied into a shell.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\(rs"
      case "-": "\\-"
      case "'": "\\(aq"
      case "\"": "\\(dq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case "\n", "\t": " "
      default:
        scalar.isASCII
          ? String(scalar)
          : "\\[u\(String(scalar.value, radix: 16, uppercase: true).zeroPadded(to: 4))]"
      }
    }.joined()
  }
}
