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
    var columns: [TextTable.Column] = title.map { [TextTable.Column($0, minimum: 4)] } ?? []
    columns += [
      TextTable.Column("Asset", minimum: 36), TextTable.Column("Kind", minimum: 5),
      TextTable.Column("Name", minimum: 12, shrinkOrder: 1, clipping: .middle),
      TextTable.Column("Size", .trailing), TextTable.Column("Picture", minimum: 9),
      TextTable.Column("Length", .trailing, minimum: 6),
      TextTable.Column("Added", minimum: 10, shrinkOrder: 2),
      TextTable.Column("Notes", minimum: 5, shrinkOrder: 3),
    ]
    var table = TextTable(columns)
    for row in rows {
      let lead = title == nil ? [] : [row.lead]
      table.add(lead + cells(row.asset))
    }
    return table.lines(for: terminal)
  }

  private static func cells(_ asset: Asset) -> [StyledText] {
    let length = asset.facts.kind == .image ? nil : asset.facts.durationSeconds
    return [
      StyledText(asset.id.text, .accent), StyledText(asset.facts.kind.rawValue),
      StyledText(asset.name), StyledText(HumanText.bytes(asset.size)),
      StyledText(asset.facts.resolution ?? ""),
      StyledText(length.map { HumanText.clock(.seconds($0)) } ?? ""),
      StyledText(moment(asset.addedAt), .quiet), StyledText(marks(asset), .quiet),
    ]
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
