package import Foundations

/// What a file tells of how it was made.
package struct MetadataReading: Sendable, Equatable {
  /// The tool: `mediary`, `wan2gp`, `a1111`, `comfyui`, `invokeai`, `swarmui`, `unknown`.
  package let source: String
  /// Where it was found: `png:iTXt comment`, `sidecar`.
  package let place: String
  /// The same words for every tool.
  package let record: MetadataRecord
  /// The text as the tool wrote it.
  package let raw: String
  /// All of the file's texts, the one above among them.
  package let texts: [FoundText]

  /// The text that says the same in one place in another file.
  ///
  /// ComfyUI's two texts become one object, as its video nodes write it.
  package var transferable: String {
    guard source == "comfyui", raw == texts.first(where: { $0.keyword == "prompt" })?.text else {
      return raw
    }
    var object = JSONObject()
    for name in ["prompt", "workflow"] {
      guard let text = texts.first(where: { $0.keyword == name })?.text else { continue }
      object[name] = LenientJSON.read(text) ?? .string(text)
    }
    return JSONValue.object(object).text()
  }
}

/// How something was made, in the same words for every tool; what is not known is absent.
package struct MetadataRecord: Sendable, Equatable {
  /// An added network and how strongly it acted.
  package struct Lora: Sendable, Equatable {
    /// Its name, as the tool has it.
    package let name: String
    /// Its weight.
    package let weight: Double?

    /// A network with its weight, where that is known.
    package init(name: String, weight: Double?) {
      self.name = name
      self.weight = weight
    }
  }

  /// What was asked for.
  package var prompt: String?
  /// What was not wanted.
  package var negativePrompt: String?
  /// The model's name.
  package var model: String?
  /// The seed, as digits where it does not fit into 63 bits.
  package var seed: JSONValue?
  /// How many steps.
  package var steps: Int?
  /// The guidance scale.
  package var guidance: Double?
  /// The width in pixels.
  package var width: Int?
  /// The height in pixels.
  package var height: Int?
  /// The sampler.
  package var sampler: String?
  /// The added networks.
  package var loras: [Lora] = []

  /// An empty record.
  package init() {}

  /// Whether nothing is known.
  package var isEmpty: Bool { self == MetadataRecord() }

  /// The record for JSON.
  package var json: JSONValue {
    var object = JSONObject()
    object["prompt"] = prompt.map(JSONValue.string)
    object["negative_prompt"] = negativePrompt.map(JSONValue.string)
    object["model"] = model.map(JSONValue.string)
    object["seed"] = seed
    object["steps"] = steps.map { .int($0) }
    object["guidance"] = guidance.map { .double($0) }
    if let width, let height { object["size"] = ["width": .int(width), "height": .int(height)] }
    object["sampler"] = sampler.map(JSONValue.string)
    if !loras.isEmpty {
      object["loras"] = .array(
        loras.map { ["name": .string($0.name), "weight": .double(orNull: $0.weight)] })
    }
    return .object(object)
  }
}
