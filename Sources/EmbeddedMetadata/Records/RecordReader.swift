import Foundations

/// Finds the text that tells most among a file's texts, and puts it into our words.
enum RecordReader {
  /// Nil where none of the texts tells how the file was made.
  static func reading(_ texts: [FoundText]) -> MetadataReading? {
    for read in [invoke, swarm, automatic, comfy, settings] {
      if let (source, found, record) = read(texts) {
        return MetadataReading(
          source: source, place: found.place, record: record, raw: found.text, texts: texts)
      }
    }
    return nil
  }

  /// A tool's name, the text it was found in, and what that says.
  typealias Reading = (String, FoundText, MetadataRecord)

  /// Texts of a tool may stand under their own name or in a comment.
  private static func candidates(_ texts: [FoundText], _ names: [String]) -> [FoundText] {
    names.flatMap { name in texts.filter { $0.keyword == name } }
  }

  private static func invoke(_ texts: [FoundText]) -> Reading? {
    for found in candidates(texts, ["invokeai_metadata", "sd-metadata"]) {
      guard let object = LenientJSON.object(found.text) else { continue }
      return ("invokeai", found, ToolRecords.invoke(object))
    }
    return nil
  }

  private static func swarm(_ texts: [FoundText]) -> Reading? {
    for found in candidates(texts, ["parameters", "comment"]) {
      guard let object = LenientJSON.object(found.text),
        let parameters = object["sui_image_params"]?.object
      else { continue }
      return ("swarmui", found, ToolRecords.swarm(parameters))
    }
    return nil
  }

  private static func automatic(_ texts: [FoundText]) -> Reading? {
    for found in candidates(texts, ["parameters", "comment", "description"]) {
      guard let record = A1111Record.read(found.text) else { continue }
      return ("a1111", found, record)
    }
    return nil
  }

  private static func comfy(_ texts: [FoundText]) -> Reading? {
    for found in candidates(texts, ["prompt"]) {
      guard let graph = LenientJSON.object(found.text) else { continue }
      if let record = ComfyRecord.read(graph) { return ("comfyui", found, record) }
    }
    for found in candidates(texts, ["comment"]) {
      guard let object = LenientJSON.object(found.text), let prompt = object["prompt"] else {
        continue
      }
      // Video nodes put the graph into the comment, as an object or as a text of its own.
      let graph = prompt.object ?? prompt.string.flatMap { LenientJSON.object($0) }
      guard let graph, let record = ComfyRecord.read(graph) else { continue }
      return ("comfyui", found, record)
    }
    for found in candidates(texts, ["workflow"]) {
      guard LenientJSON.object(found.text)?["nodes"] != nil else { continue }
      return ("comfyui", found, MetadataRecord())
    }
    return nil
  }

  /// Our own settings and Wan2GP's, which are one object.
  private static func settings(_ texts: [FoundText]) -> Reading? {
    for found in candidates(texts, ["comment", "description", "wangp", "json"]) {
      guard let object = LenientJSON.object(found.text),
        object["_wangp_metadata_reserved"]?.bool != true
      else { continue }
      return (ToolRecords.toolOfSettings(object), found, ToolRecords.settings(object))
    }
    return nil
  }
}
