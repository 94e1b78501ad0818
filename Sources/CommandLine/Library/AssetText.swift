import Blobs
import Engine
import Foundations
import Library
import Media
import Model
import Sniffing

/// Assets as people read them: a line, a row of a table, a card.
enum AssetText {
  /// What it is, in some words: `png · 1280x720 · 1.2 MB`.
  static func summary(_ asset: Asset) -> String {
    var parts = [asset.facts.format]
    if let resolution = asset.facts.resolution { parts.append(resolution) }
    if let seconds = asset.facts.durationSeconds, asset.facts.kind != .image {
      parts.append(HumanText.clock(.seconds(seconds), decimals: 1))
    }
    parts.append(HumanText.bytes(asset.size))
    if !asset.facts.isReadable { parts.append("unreadable") }
    return parts.joined(separator: " · ")
  }

  /// A table of assets, with a first column of the caller's where there is one.
  static func table(
    _ rows: [(lead: StyledText, asset: Asset)], leading title: String? = nil,
    _ terminal: Terminal
  ) -> [StyledText] {
    // An id is of use only as a whole; where it is narrow, what else there is gives way.
    let width = terminal.isInteractive ? terminal.width : .max
    let shown = columns.filter { $0.leastWidth <= width }
    var table = TextTable(
      (title.map { [TextTable.Column($0, minimum: 4)] } ?? []) + shown.map(\.column))
    for row in rows {
      table.add((title == nil ? [] : [row.lead]) + shown.map { $0.cell(row.asset) })
    }
    return table.lines(for: terminal)
  }

  /// A column, from which width of the terminal on it is shown, and what stands in it.
  private struct Column {
    let leastWidth: Int
    let column: TextTable.Column
    let cell: (Asset) -> StyledText
  }

  private static var columns: [Column] {
    [
      Column(leastWidth: 0, column: TextTable.Column("Asset")) { StyledText($0.id.text, .accent) },
      Column(leastWidth: 76, column: TextTable.Column("Kind", minimum: 5)) {
        StyledText($0.facts.kind.rawValue)
      },
      Column(
        leastWidth: 0,
        column: TextTable.Column("Name", minimum: 12, shrinkOrder: 1, clipping: .middle)
      ) { StyledText($0.name) },
      Column(leastWidth: 60, column: TextTable.Column("Size", .trailing)) {
        StyledText(HumanText.bytes($0.size))
      },
      Column(leastWidth: 90, column: TextTable.Column("Extent", minimum: 9)) {
        StyledText(extent($0))
      },
      Column(leastWidth: 110, column: TextTable.Column("Added (UTC)")) {
        StyledText(moment($0.addedAt), .quiet)
      },
      Column(leastWidth: 100, column: TextTable.Column("Notes", minimum: 5, shrinkOrder: 2)) {
        StyledText(marks($0), .quiet)
      },
    ]
  }

  /// How wide and high, and how long: `320x180 0:02`.
  private static func extent(_ asset: Asset) -> String {
    let length = asset.facts.kind == .image ? nil : asset.facts.durationSeconds
    return [asset.facts.resolution, length.map { HumanText.clock(.seconds($0)) }]
      .compactMap { $0 }.joined(separator: "  ")
  }

  /// `2026-11-21 10:15`: what people need of a time.
  static func moment(_ time: Timestamp) -> String {
    String(time.description.prefix(16).map { $0 == "T" ? " " : $0 })
  }

  private static func marks(_ asset: Asset) -> String {
    var parts: [String] = []
    if asset.notes.isFavourite { parts.append("♥") }
    if let rating = asset.notes.rating { parts.append(String(repeating: "★", count: rating)) }
    if !asset.facts.isReadable { parts.append("unreadable") }
    return (parts + asset.notes.tags.map { "#\($0)" }).joined(separator: " ")
  }

  /// A line of a card: a word and what stands for it; nothing where there is nothing.
  static func line(_ label: String, _ text: String?) -> [StyledText] {
    guard let text, !text.isEmpty else { return [] }
    return ["  " + StyledText(label, .accent).padded(to: 12) + StyledText(text)]
  }

  /// All that is known of one.
  static func card(_ asset: Asset, _ library: MediaLibrary) -> [StyledText] {
    let facts = asset.facts
    var what = [facts.kind.rawValue, facts.mimeType]
    if let codec = facts.codec { what.append(codec) }
    if let range = facts.dynamicRange { what.append(range) }
    var shape: [String] = []
    if let resolution = facts.resolution { shape.append(resolution) }
    if let ratio = facts.aspectRatio { shape.append(ratio) }
    if facts.kind == .video, let rate = facts.frameRate?.double {
      shape.append("\(String(rate, decimals: rate == rate.rounded() ? 0 : 2)) fps")
    }
    if let seconds = facts.durationSeconds, facts.kind != .image {
      shape.append(HumanText.clock(.seconds(seconds), decimals: 1))
    }
    var sound: [String] = []
    if let codec = facts.audioCodec { sound.append(codec) }
    if let channels = facts.channels { sound.append(HumanText.count(channels, "channel")) }
    if let rate = facts.sampleRate { sound.append("\(rate) Hz") }
    var lines: [StyledText] = ["\(asset.name, .strong)  \(asset.id.text, .accent)"]
    if let deleted = asset.deletedAt {
      lines.append("  " + StyledText("in the trash since \(moment(deleted))", .warning))
    }
    if !facts.isReadable { lines.append("  " + StyledText("cannot be read", .bad)) }
    lines += line("what", what.joined(separator: " · "))
    lines += line("picture", shape.joined(separator: " · "))
    lines += line("sound", sound.joined(separator: " · "))
    lines += line("size", HumanText.bytes(asset.size))
    lines += line("came", "\(moment(asset.addedAt)), \(asset.source.rawValue)")
    lines += line("user", asset.user)
    lines += line("marks", marks(asset))
    lines += line("notes", asset.notes.text)
    lines += line("sha-256", asset.blob.description)
    lines += line("file", library.blobs.localPath(of: asset.blob)?.text)
    for value in asset.notes.extra.members {
      lines += line(value.key, value.value.string ?? value.value.text())
    }
    return lines
  }
}
