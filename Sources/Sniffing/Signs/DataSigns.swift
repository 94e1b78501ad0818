/// Documents, archives and tensors.
enum DataSigns {
  static func type(of head: Head) -> ContentType? {
    if head.has("%PDF-") { return .pdf }
    if head.has("PK\u{3}\u{4}") { return archive(head) }
    // An archive of nothing.
    if head.has("PK\u{5}\u{6}") { return .zip }
    if head.has([0x93] + Array("NUMPY".utf8)) { return .npy }
    return isSafetensors(head) ? .safetensors : nil
  }

  /// What an archive is for, by its first entry.
  private static func archive(_ head: Head) -> ContentType {
    guard let length = head.little(2, at: 26), length > 0,
      head.bytes.count >= 30 + Int(length)
    else { return .zip }
    let name = String(decoding: head.bytes[30..<30 + Int(length)], as: UTF8.self)
    if name.hasSuffix(".npy") { return .npz }
    // The standard wants the scene first and not compressed.
    let isScene = [".usdc", ".usda", ".usd"].contains { name.hasSuffix($0) }
    return isScene && head.little(2, at: 8) == 0 ? .usdz : .zip
  }

  /// The length of a description, and the description: a JSON object.
  private static func isSafetensors(_ head: Head) -> Bool {
    guard let length = head.little(8, at: 0), length >= 2, length <= 100_000_000,
      head[8] == UInt8(ascii: "{")
    else { return false }
    if let size = head.size, Int64(length) > size - 8 { return false }
    let text = head.bytes[8..<min(head.bytes.count, 8 + Int(length))]
    return JSONSketch(text).isPossible
  }
}
