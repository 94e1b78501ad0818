/// Models of things.
enum ModelSigns {
  static func type(of head: Head) -> ContentType? {
    if head.has("glTF"), let version = head.little(4, at: 4), (1...2).contains(version) {
      return .glb
    }
    if head.has("ply\n") || head.has("ply\r\n") || head.has("ply\r") { return .ply }
    return isTriangles(head) ? .stl : nil
  }

  /// Binary STL has no sign: 80 bytes of anything, the number of triangles, 50 bytes for each.
  private static func isTriangles(_ head: Head) -> Bool {
    guard let size = head.size, let count = head.little(4, at: 80), count > 0 else { return false }
    return size == 84 + 50 * Int64(count)
  }

  /// Models that are written as text.
  static func ofText(_ text: TextHead) -> ContentType? {
    if text.begins(with: "solid"), text.contains("facet normal") || text.contains("endsolid") {
      return .stl
    }
    return isWavefront(text) ? .obj : nil
  }

  /// Lines of points and faces; other texts have no three of them.
  private static func isWavefront(_ text: TextHead) -> Bool {
    let words: Set<String> = [
      "v", "vn", "vt", "vp", "f", "l", "p", "o", "g", "s", "mtllib", "usemtl",
    ]
    var points = 0
    for line in text.lines.prefix(200) {
      let parts = line.split(whereSeparator: { $0 == 32 || $0 == 9 || $0 == 13 })
      guard let first = parts.first, first.first != UInt8(ascii: "#") else { continue }
      let word = String(decoding: first, as: UTF8.self)
      guard words.contains(word) else { return false }
      if word == "v" {
        guard parts.count >= 4, parts[1...3].allSatisfy(isNumber) else { return false }
        points += 1
      }
    }
    return points >= 3
  }

  private static func isNumber(_ part: ArraySlice<UInt8>) -> Bool {
    Double(String(decoding: part, as: UTF8.self)) != nil
  }
}
