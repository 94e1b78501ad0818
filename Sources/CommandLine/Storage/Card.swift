import Foundations

/// One thing as people read it: a heading, and a line for each thing that is known of it.
struct Card {
  private static let labelWidth = 11
  // Of a long text the first lines tell what it is; JSON has all of it.
  private static let mostLines = 6

  private(set) var lines: [StyledText]
  private let room: Int?
  private let ellipsis: String

  /// A card that begins with a heading.
  init(_ heading: StyledText, _ terminal: Terminal) {
    lines = heading.isEmpty ? [] : [heading]
    // Lines for other programs are never broken.
    room = terminal.isInteractive ? max(20, terminal.width - Self.labelWidth - 2) : nil
    ellipsis = terminal.ellipsis
  }

  /// Adds a field; nothing where there is nothing to tell.
  mutating func add(_ label: String, _ value: StyledText?) {
    guard let value, !value.isEmpty else { return }
    put(label, room.map { value.wrapped(to: $0) } ?? [value])
  }

  /// Adds a text that somebody wrote, paragraph by paragraph.
  mutating func add(_ label: String, text: String?) {
    guard let text, !text.isEmpty else { return }
    guard let room else { return put(label, [StyledText(text)]) }
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    var shown: [StyledText] = []
    // No more than can be shown is laid out: a text may have a million letters.
    for paragraph in paragraphs.prefix(Self.mostLines + 1) {
      shown += StyledText(paragraph.prefix(room * (Self.mostLines + 1))).wrapped(to: room)
    }
    if shown.count > Self.mostLines {
      let last = shown[Self.mostLines - 1]
      let mark = StyledText(" " + ellipsis, .quiet)
      shown = Array(shown.prefix(Self.mostLines - 1))
      shown.append(last.clipped(to: max(1, room - mark.width), ellipsis: "") + mark)
    }
    put(label, shown)
  }

  /// Adds a line below.
  mutating func add(_ line: StyledText) { lines.append(line) }

  /// Adds lines below, with an empty one before them.
  mutating func add(below section: [StyledText]) {
    guard !section.isEmpty else { return }
    lines.append("")
    lines += section
  }

  private mutating func put(_ label: String, _ values: [StyledText]) {
    for (place, value) in values.enumerated() {
      let head = StyledText(place == 0 ? label : "", .accent).padded(to: Self.labelWidth)
      lines.append("  " + head + value)
    }
  }
}

extension StyledText {
  /// Parts with dots between them; empty ones are left out.
  static func dotted(_ parts: [StyledText]) -> StyledText {
    var text = StyledText()
    for part in parts where !part.isEmpty {
      if !text.isEmpty { text.append(" · ", .quiet) }
      text += part
    }
    return text
  }
}

extension Timestamp {
  /// As people read it, to the second: `2026-11-21 10:50:28 UTC`.
  var shown: String {
    let text = description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8)) UTC"
  }

  /// As a column has it, to the minute, under a heading that tells the zone.
  var shownInColumn: String {
    let text = description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}
