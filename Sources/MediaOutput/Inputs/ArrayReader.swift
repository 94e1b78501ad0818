package import Foundations
import Media

/// Opens files of arrays: `.npy`, `.npz` and `.safetensors`, told apart by their first bytes.
package enum ArrayReader {
  /// Opens the array of a file; `name` chooses one where there are several.
  ///
  /// What is packed is unpacked to a file without a name in `temporaryFolder`.
  package static func open(
    _ path: FilePath, name: String? = nil, temporaryFolder: FilePath = "/tmp"
  ) throws -> PixelArray {
    let descriptor = try FileDescriptor.open(path, Self.readOnly)
    guard try descriptor.status().kind == .plain else {
      throw FileFailure(
        .fileNotPlain, "\(path) is no plain file, and an array is read here and there in it")
    }
    let file = ArrayFile(descriptor, path: path)
    let start = try file.read(NumpyHeader.most + 16, at: 0)
    if start.starts(with: [0x93]) { return try numpy(file, start, at: 0, limit: try file.size()) }
    if start.starts(with: Array("PK".utf8)) {
      return try ArrayArchive(file, temporaryFolder: temporaryFolder).open(name)
    }
    if start.isEmpty { throw MediaOutputFailure(.outputBadArray, "\(path) is empty") }
    return try SafeTensors(file).open(name)
  }

  /// Whether a file begins like one of arrays.
  package static func isArray(_ path: FilePath) -> Bool {
    guard let name = path.fileName?.text,
      let file = try? FileDescriptor.open(path, readOnly),
      (try? file.status())?.kind == .plain, let start = try? file.read(9, at: 0)
    else { return false }
    // Of safetensors only the name tells; its first bytes are a length.
    return start.starts(with: [0x93]) || start.starts(with: Array("PK".utf8))
      || name.hasSuffix(".safetensors") || name.hasSuffix(".npy") || name.hasSuffix(".npz")
  }

  private static var readOnly: Int32 { 0 }

  /// The array whose head begins at a place of a file.
  static func numpy(
    _ file: ArrayFile, _ start: [UInt8], at place: Int64, limit: Int64
  ) throws -> PixelArray {
    let header = try NumpyHeader(start, in: file.path)
    let needed = try PixelArray.byteCount(header.shape, header.element)
    let begin = Int(place) + header.length
    guard Int64(begin) + Int64(needed) <= limit else {
      throw MediaOutputFailure(
        .outputBadArray,
        "\(file.path) is cut off: an array of shape \(header.shape) needs \(needed) bytes",
        hint: "it may still be being written; wait, or write it again")
    }
    return PixelArray(
      shape: header.shape, element: header.element,
      strides: try PixelArray.packedStrides(
        header.shape, header.element, isColumnMajor: header.isColumnMajor),
      start: begin, storage: .file(file))
  }
}
