import Foundations
import Media
import MediaOutput

/// An array of another language: `{"address", "bytes", "offset", "shape", "strides", "dtype"}`.
///
/// `address` is where its memory begins and `offset` where its first number lies in it, since with a
/// reversed axis that is not the beginning.
enum LentArray {
  static func read(_ json: JSONValue) throws -> PixelArray {
    guard let address = json["address"]?.int, let bytes = json["bytes"]?.int, bytes >= 0,
      let offset = json["offset"]?.int,
      let shape = json["shape"]?.array?.map(\.int), !shape.contains(nil),
      let strides = json["strides"]?.array?.map(\.int), !strides.contains(nil),
      let type = json["dtype"]?.string
    else { throw BindingFailure("an array is not described as one") }
    guard let element = ElementType(rawValue: type) else {
      throw BindingFailure("arrays of \(type) are not taken")
    }
    let buffer = UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: bytes)
    return try PixelArray(
      SharedBytes(lent: buffer) {}, shape: shape.compactMap { $0 }, element: element,
      strides: strides.compactMap { $0 }, start: offset)
  }
}
