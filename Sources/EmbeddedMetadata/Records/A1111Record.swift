import Foundations

/// The text `parameters` of AUTOMATIC1111's web UI and of those that followed it.
///
/// The prompt, then `Negative prompt: …`, then one line `Steps: 20, Sampler: …`.
enum A1111Record {
  static func read(_ text: String) -> MetadataRecord? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.allSatisfy({ $0.isWhitespace }) == true { lines.removeLast() }
    guard let start = lines.lastIndex(where: { $0.hasPrefix("Steps: ") }) else { return nil }
    let fields = fields(lines[start])
    guard fields["Steps"] != nil, fields.count >= 3 else { return nil }
    var record = MetadataRecord()
    let before = lines[..<start]
    let negative = before.firstIndex { $0.hasPrefix("Negative prompt:") }
    record.prompt = before[..<(negative ?? start)].joined(separator: "\n")
    if let negative {
      let all = before[negative...].joined(separator: "\n").dropFirst("Negative prompt:".count)
      record.negativePrompt = String(all.drop { $0 == " " })
    }
    record.steps = fields["Steps"].flatMap { Int($0) }
    record.sampler = fields["Sampler"]
    record.guidance = fields["CFG scale"].flatMap { Double($0) }
    record.seed = ToolRecords.seed(fields["Seed"].map(JSONValue.string))
    record.model = fields["Model"]
    if let size = fields["Size"].flatMap(ToolRecords.size) { (record.width, record.height) = size }
    record.loras = loras(record.prompt ?? "")
    return record
  }

  /// `Name: value, Name: "value, with a comma"`.
  private static func fields(_ line: Substring) -> [String: String] {
    var fields: [String: String] = [:]
    var part = ""
    var (isQuoted, isEscaped) = (false, false)
    let finish = { (part: String) in
      guard let colon = part.firstIndex(of: ":") else { return }
      let name = part[..<colon].drop { $0 == " " }
      let value = part[part.index(after: colon)...].drop { $0 == " " }
      if fields[String(name)] == nil { fields[String(name)] = String(value) }
    }
    for sign in line {
      if sign == ",", !isQuoted {
        finish(part)
        part = ""
      } else if sign == "\"", !isEscaped {
        isQuoted.toggle()
      } else {
        part.append(sign)
      }
      isEscaped = sign == "\\" && !isEscaped
    }
    finish(part)
    return fields
  }

  /// `<lora:name:0.8>` in the prompt.
  private static func loras(_ prompt: String) -> [MetadataRecord.Lora] {
    prompt.split(separator: "<").compactMap { part in
      guard part.hasPrefix("lora:"), let end = part.firstIndex(of: ">") else { return nil }
      let words = part[..<end].split(separator: ":")
      guard words.count >= 2 else { return nil }
      return .init(name: String(words[1]), weight: words.count > 2 ? Double(words[2]) : nil)
    }
  }
}
