import Foundations
import Media

/// The head of numpy's `.npy` format: what the numbers are, and how they lie.
struct NumpyHeader {
  let element: ElementType
  let shape: [Int]
  let isColumnMajor: Bool
  /// Where the numbers begin, counted from the head's first byte.
  let length: Int

  /// More than any real head has.
  static let most = 1 << 16
  private static let mark: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads the head at the beginning of some bytes.
  init(_ bytes: [UInt8], in path: FilePath) throws(MediaOutputFailure) {
    func damaged(_ why: String) -> MediaOutputFailure {
      MediaOutputFailure(.outputBadArray, "\(path) is no array of numpy's: \(why)")
    }
    guard bytes.count >= 12, bytes.starts(with: Self.mark) else {
      throw damaged("it does not begin like one")
    }
    let isOld = bytes[6] == 1
    let start = isOld ? 10 : 12
    let count =
      isOld
      ? Int(bytes[8]) | Int(bytes[9]) << 8
      : (8..<12).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard (1...3).contains(bytes[6]), count <= Self.most, start + count <= bytes.count else {
      throw damaged("its head is cut off or of version \(bytes[6])")
    }
    let text = String(decoding: bytes[start..<start + count], as: UTF8.self)
    guard let descriptor = Self.value(of: "descr", in: text),
      let order = Self.value(of: "fortran_order", in: text),
      let shape = Self.value(of: "shape", in: text)
    else { throw damaged("its head lacks descr, fortran_order or shape") }
    let type = descriptor.filter { $0 != "'" && $0 != "\"" }
    guard let element = Self.elements[String(type.drop { "<=|".contains($0) })],
      !type.hasPrefix(">") || element.size == 1
    else {
      throw MediaOutputFailure(
        .outputBadArray, "\(path) holds numbers of the kind \(descriptor), which is not read",
        hint: "save it as uint8, float16 or float32 in the machine's byte order")
    }
    let lengths = shape.split(whereSeparator: { "(), ".contains($0) }).map { Int($0) }
    guard !lengths.contains(nil), lengths.count <= 8 else { throw damaged("its shape is \(shape)") }
    self.element = element
    self.shape = lengths.compactMap { $0 }
    isColumnMajor = order == "True"
    length = start + count
  }

  private static let elements: [String: ElementType] = [
    "b1": .bool, "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "i1": .int8,
    "i2": .int16, "i4": .int32, "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  /// What stands behind a key of the head, which is a dictionary as Python writes it.
  private static func value(of key: String, in text: String) -> String? {
    guard let found = text.firstRange(of: "'\(key)'") else { return nil }
    let rest = text[found.upperBound...].drop { $0 == " " || $0 == ":" }
    let end = rest.first == "(" ? rest.firstIndex(of: ")").map { rest.index(after: $0) } : nil
    let value = rest[..<(end ?? rest.firstIndex { $0 == "," || $0 == "}" } ?? rest.endIndex)]
    return String(value).trimmed
  }
}

extension String {
  /// Without the spaces around it.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
