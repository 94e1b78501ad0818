import Foundations
import Media

/// The `.safetensors` format: a head in JSON, then the arrays without gaps.
struct SafeTensors {
  private let file: ArrayFile
  private static let mostHead = 100 << 20

  init(_ file: ArrayFile) { self.file = file }

  /// The array of a name, or the only one.
  func open(_ name: String?) throws -> PixelArray {
    func damaged(_ why: String) -> MediaOutputFailure {
      MediaOutputFailure(
        .outputBadArray, "\(file.path) is no file of arrays: \(why)",
        hint: ".npy, .npz and .safetensors are read")
    }
    let size = try file.size()
    let lead = try file.read(8, at: 0)
    guard lead.count == 8 else { throw damaged("it has \(lead.count) bytes") }
    let length = lead.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length >= 2, length <= UInt64(Self.mostHead), Int64(length) + 8 <= size else {
      throw damaged("it begins like none")
    }
    let head = try file.read(Int(length), at: 8)
    guard let members = (try? JSONReader.read(head))?.object else {
      throw damaged("its head is not JSON")
    }
    let arrays = members.members.filter { $0.key != "__metadata__" }
    let names = arrays.map(\.key).joined(separator: ", ")
    guard let wanted = name ?? (arrays.count == 1 ? arrays.first?.key : nil) else {
      throw MediaOutputFailure(
        .outputUnfitting, "\(file.path) holds \(arrays.count) arrays: \(names)",
        hint: "name one of them with --array")
    }
    guard let entry = arrays.first(where: { $0.key == wanted })?.value else {
      throw MediaOutputFailure(
        .outputUnfitting, "\(file.path) holds no array \"\(wanted)\"", hint: "it holds \(names)")
    }
    guard let type = entry["dtype"]?.string, let element = Self.elements[type],
      let shape = entry["shape"]?.array?.map(\.int), !shape.contains(nil),
      let places = entry["data_offsets"]?.array?.map(\.int), places.count == 2,
      let from = places[0], let to = places[1]
    else { throw damaged("the array \(wanted) is not described as one that is read") }
    let lengths = shape.compactMap { $0 }
    let needed = try PixelArray.byteCount(lengths, element)
    let start = Int(length) + 8
    guard from >= 0, to >= from, to - from == needed, Int64(to) <= size - Int64(start) else {
      throw damaged("the array \(wanted) lies outside of the file")
    }
    return PixelArray(
      shape: lengths, element: element, strides: try PixelArray.packedStrides(lengths, element),
      start: start + from, storage: .file(file))
  }

  private static let elements: [String: ElementType] = [
    "BOOL": .bool, "U8": .uint8, "I8": .int8, "U16": .uint16, "I16": .int16, "U32": .uint32,
    "I32": .int32, "U64": .uint64, "I64": .int64, "F16": .float16, "BF16": .bfloat16,
    "F32": .float32, "F64": .float64,
  ]
}
