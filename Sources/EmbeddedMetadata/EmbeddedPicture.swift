import Foundations

/// A picture that a film was made from, kept in the film.
package struct EmbeddedPicture: Sendable, Equatable {
  /// What it was used as: `image_start`.
  package let tag: String
  /// Its name, for showing; never a path to be written to, since a crafted file may say anything.
  package let filename: String
  /// The picture's file.
  package let bytes: [UInt8]

  /// A picture to be kept.
  package init(tag: String, filename: String, bytes: [UInt8]) {
    self.tag = tag
    self.filename = filename
    self.bytes = bytes
  }

  /// The name without what could lead out of a folder.
  package var safeName: String {
    let last = filename.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? "picture"
    let shown = String(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
    return shown.isEmpty || shown.allSatisfy { $0 == "." } ? "picture" : shown
  }

  var isPNG: Bool { bytes.starts(with: PNGFile.signature) }

  /// The media type, by the first bytes.
  var mediaType: String {
    if isPNG { return "image/png" }
    if bytes.has("RIFF"), bytes.has("WEBP", at: 8) { return "image/webp" }
    return "image/jpeg"
  }

  private var fileExtension: String {
    let name = FilePath(safeName).fileExtension
    return name.isEmpty ? (isPNG ? ".png" : ".jpg") : ".\(name)"
  }

  /// The list that Wan2GP keeps beside the pictures: tag → [{index, filename, extension}].
  static func index(_ pictures: [EmbeddedPicture]) -> String {
    var object = JSONObject()
    for (index, picture) in pictures.enumerated() {
      let entry: JSONValue = [
        "index": .int(index), "filename": .string(picture.safeName),
        "extension": .string(picture.fileExtension),
      ]
      object[picture.tag] = .array((object[picture.tag]?.array ?? []) + [entry])
    }
    return JSONValue.object(object).text()
  }

  /// Pictures by that list; those it does not name are left out.
  static func all(_ contents: [[UInt8]], index text: String) -> [EmbeddedPicture] {
    guard let members = (try? JSONReader.read(text))?.object?.members else { return [] }
    var pictures: [EmbeddedPicture] = []
    for (tag, value) in members {
      for entry in value.array ?? [value] {
        guard pictures.count < MetadataLimits.pictures, let index = entry["index"]?.int,
          contents.indices.contains(index)
        else { continue }
        let name = EmbeddedPicture(
          tag: tag, filename: entry["filename"]?.string ?? "", bytes: contents[index])
        pictures.append(EmbeddedPicture(tag: tag, filename: name.safeName, bytes: name.bytes))
      }
    }
    return pictures
  }
}
