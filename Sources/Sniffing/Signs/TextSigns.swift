/// Texts, and the languages that are written as text.
enum TextSigns {
  static func type(of head: Head) -> ContentType? {
    guard let text = TextHead(head) else { return nil }
    let start = text.bytes.drop(while: isSpace)
    switch start.first {
    case UInt8(ascii: "<"): return MarkupSigns.type(of: start) ?? .text
    case UInt8(ascii: "{"), UInt8(ascii: "["): return json(JSONSketch(start)) ?? .text
    default: return ModelSigns.ofText(text) ?? .text
    }
  }

  private static func json(_ sketch: JSONSketch) -> ContentType? {
    guard sketch.isPossible else { return nil }
    let parts: Set = ["accessors", "bufferViews", "buffers", "meshes", "nodes", "scenes"]
    // A scene must say which version it is of; where that is not in the head, its parts tell.
    if let hasVersion = sketch.assetHasVersion { return hasVersion ? .gltf : .json }
    let needed = sketch.keys.contains("asset") ? 1 : 3
    let isScene = !sketch.isEnded && sketch.keys.intersection(parts).count >= needed
    return isScene ? .gltf : .json
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
