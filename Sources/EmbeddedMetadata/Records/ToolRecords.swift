import Foundations

/// The settings of tools that write flat objects, in our words.
enum ToolRecords {
  /// The keys of Wan2GP's settings that no other tool uses, nor we.
  private static let wanKeys = [
    "model_filename", "model_type", "base_model_type", "settings_version", "num_inference_steps",
    "guidance_scale", "activated_loras", "loras_multipliers", "video_length", "flow_shift",
    "image_mode",
  ]

  /// Who wrote an object of settings: told by a name in it, else by the words that it uses.
  ///
  /// Nothing is added to what users give: Wan2GP, which reads the same comment, would take it for a
  /// setting.
  static func toolOfSettings(_ object: JSONObject) -> String {
    for key in ["tool", "source_tool", "generator", "software"] {
      if object[key]?.string?.lowercased().hasPrefix("mediary") == true { return "mediary" }
    }
    if object["mediary_version"] != nil { return "mediary" }
    if wanKeys.contains(where: { object[$0] != nil }) { return "wan2gp" }
    if object["type"]?.string?.lowercased().hasPrefix("wangp") == true { return "wan2gp" }
    return isOurs(object) ? "mediary" : "unknown"
  }

  /// Whether an object tells of a making in the words of our records, and in no other way.
  private static func isOurs(_ object: JSONObject) -> Bool {
    guard let record = settings(object).json.object, !record.members.isEmpty else { return false }
    return record.members.contains { object[$0.key] != nil }
  }

  static func settings(_ object: JSONObject) -> MetadataRecord {
    var record = MetadataRecord()
    record.prompt = object["prompt"]?.string
    record.negativePrompt = object["negative_prompt"]?.string
    record.model = text(object, ["model", "model_type", "model_filename"])
    record.seed = seed(object["seed"])
    record.steps = whole(object, ["num_inference_steps", "steps"])
    record.guidance = number(object, ["guidance_scale", "guidance"])
    record.sampler = text(object, ["sampler", "sample_solver"])
    let size = object["resolution"]?.string.flatMap(Self.size) ?? nil
    record.width = size?.0 ?? object["size"]?["width"]?.int ?? object["width"]?.int
    record.height = size?.1 ?? object["size"]?["height"]?.int ?? object["height"]?.int
    let weights = object["loras_multipliers"]?.string?.split { " \n".contains($0) } ?? []
    for (index, name) in (object["activated_loras"]?.array ?? []).compactMap(\.string).enumerated()
    {
      // A weight over time, `1;0.5`, begins with its first.
      let weight = weights.indices.contains(index) ? weights[index] : ""
      let first = weight.split { ";,|".contains($0) }.first.flatMap { Double($0) }
      record.loras.append(.init(name: name, weight: first))
    }
    for lora in object["loras"]?.array ?? [] {
      guard let name = lora["name"]?.string else { continue }
      record.loras.append(.init(name: name, weight: lora["weight"]?.double))
    }
    return record
  }

  static func swarm(_ object: JSONObject) -> MetadataRecord {
    var record = MetadataRecord()
    record.prompt = object["prompt"]?.string
    record.negativePrompt = object["negativeprompt"]?.string
    record.model = object["model"]?.string
    record.seed = seed(object["seed"])
    record.steps = whole(object, ["steps"])
    record.guidance = number(object, ["cfgscale"])
    record.width = whole(object, ["width"])
    record.height = whole(object, ["height"])
    record.sampler = object["sampler"]?.string
    let names = list(object["loras"])
    let weights = list(object["loraweights"]).map { Double($0) }
    for (index, name) in names.enumerated() {
      record.loras.append(
        .init(name: name, weight: weights.indices.contains(index) ? weights[index] : nil))
    }
    return record
  }

  static func invoke(_ object: JSONObject) -> MetadataRecord {
    var record = MetadataRecord()
    record.prompt = text(object, ["positive_prompt", "prompt"])
    record.negativePrompt = object["negative_prompt"]?.string
    record.model = name(object["model"])
    record.seed = seed(object["seed"])
    record.steps = whole(object, ["steps"])
    record.guidance = number(object, ["cfg_scale", "guidance"])
    record.width = whole(object, ["width"])
    record.height = whole(object, ["height"])
    record.sampler = object["scheduler"]?.string
    for lora in object["loras"]?.array ?? [] {
      guard let name = name(lora["model"] ?? lora["lora"]) else { continue }
      record.loras.append(.init(name: name, weight: lora["weight"]?.double))
    }
    return record
  }

  private static func name(_ model: JSONValue?) -> String? {
    model?.string ?? model?["name"]?.string ?? model?["model_name"]?.string
  }

  private static func list(_ value: JSONValue?) -> [String] {
    if let array = value?.array {
      return array.map { $0.string ?? $0.double.map { "\($0)" } ?? "" }
    }
    return value?.string?.split(separator: ",").map(String.init) ?? []
  }

  private static func text(_ object: JSONObject, _ keys: [String]) -> String? {
    keys.lazy.compactMap { object[$0]?.string }.first
  }

  private static func whole(_ object: JSONObject, _ keys: [String]) -> Int? {
    keys.lazy.compactMap { object[$0]?.int ?? object[$0]?.string.flatMap { Int($0) } }.first
  }

  private static func number(_ object: JSONObject, _ keys: [String]) -> Double? {
    keys.lazy.compactMap { object[$0]?.double ?? object[$0]?.string.flatMap { Double($0) } }.first
  }

  /// A seed as a number where it is one; those over 63 bits keep their digits.
  static func seed(_ value: JSONValue?) -> JSONValue? {
    switch value {
    case .number: value
    case .string(let text): UInt64(text).map { .int($0) } ?? Int(text).map { .int($0) }
    default: nil
    }
  }

  /// `832x480`.
  static func size(_ text: String) -> (Int, Int)? {
    let parts = text.lowercased().split(separator: "x").map {
      Int($0.prefix { $0.isNumber }) ?? 0
    }
    return parts.count == 2 && parts[0] > 0 && parts[1] > 0 ? (parts[0], parts[1]) : nil
  }
}
