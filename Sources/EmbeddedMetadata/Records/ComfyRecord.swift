import Foundations

/// ComfyUI's graph of nodes, followed from the sampler to what it was given.
struct ComfyRecord {
  private let graph: JSONObject
  /// So many links are followed from one node.
  private static let longest = 32

  /// Nil where the object is no graph.
  static func read(_ graph: JSONObject) -> MetadataRecord? {
    guard graph.members.contains(where: { $0.value["class_type"]?.string != nil }) else {
      return nil
    }
    return ComfyRecord(graph: graph).record()
  }

  private func record() -> MetadataRecord {
    var record = MetadataRecord()
    let nodes = graph.members.map(\.value)
    let sampler =
      nodes.first { input($0, "positive") != nil && input($0, "latent_image") != nil }
      ?? nodes.first { type($0).hasPrefix("SamplerCustom") }
    if let sampler {
      let guider = follow(input(sampler, "guider"))
      record.prompt = text(input(sampler, "positive") ?? guider.flatMap(conditioning))
      record.negativePrompt = text(input(sampler, "negative"))
      record.seed = ToolRecords.seed(
        value(sampler, ["seed", "noise_seed"])
          ?? follow(input(sampler, "noise")).flatMap { value($0, ["noise_seed", "seed"]) })
      record.steps =
        value(sampler, ["steps"])?.int
        ?? follow(input(sampler, "sigmas")).flatMap { value($0, ["steps"])?.int }
      record.guidance =
        value(sampler, ["cfg"])?.double ?? guider.flatMap { value($0, ["cfg"])?.double }
      record.sampler =
        value(sampler, ["sampler_name"])?.string
        ?? follow(input(sampler, "sampler")).flatMap { value($0, ["sampler_name"])?.string }
      if let latent = follow(input(sampler, "latent_image")) {
        record.width = value(latent, ["width"])?.int
        record.height = value(latent, ["height"])?.int
      }
    }
    record.model =
      nodes.lazy.compactMap {
        value($0, ["ckpt_name", "unet_name", "model_name"])?.string
      }.first
    for node in nodes where type(node).hasPrefix("LoraLoader") {
      guard let name = value(node, ["lora_name"])?.string else { continue }
      record.loras.append(
        .init(name: name, weight: value(node, ["strength_model"])?.double))
    }
    return record
  }

  private func type(_ node: JSONValue) -> String { node["class_type"]?.string ?? "" }

  private func input(_ node: JSONValue, _ name: String) -> JSONValue? { node["inputs"]?[name] }

  private func conditioning(_ guider: JSONValue) -> JSONValue? {
    input(guider, "conditioning") ?? input(guider, "positive")
  }

  /// The node that a link `["4", 0]` leads to.
  private func follow(_ link: JSONValue?) -> JSONValue? {
    guard let target = link?[0] else { return nil }
    return (target.string ?? target.int.map(String.init)).flatMap { graph[$0] }
  }

  /// An input's value, through links to nodes that hold just one.
  private func value(_ node: JSONValue, _ names: [String]) -> JSONValue? {
    for name in names {
      guard var found = input(node, name) else { continue }
      for _ in 0..<Self.longest {
        guard let next = follow(found) else { break }
        guard let value = input(next, name) ?? input(next, "value") else { return nil }
        found = value
      }
      return found
    }
    return nil
  }

  /// The text that a conditioning comes from, through what lies between.
  private func text(_ link: JSONValue?) -> String? {
    var next = link
    for _ in 0..<Self.longest {
      guard let node = follow(next) else { return next?.string }
      next =
        ["text", "text_g", "string", "value", "prompt", "conditioning", "positive"].lazy
        .compactMap { input(node, $0) }.first
    }
    return nil
  }
}
