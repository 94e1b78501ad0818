/// The list of comments that FLAC and Ogg have.
struct VorbisComment {
  /// Who wrote the file's samples.
  let vendor: [UInt8]
  /// `NAME=text`, as bytes.
  private(set) var comments: [[UInt8]]
  /// Where the list ends in the bytes it was read from.
  let end: Int

  /// A list without comments.
  init(vendor: String) {
    self.vendor = Array(vendor.utf8)
    comments = []
    end = 0
  }

  /// The list at a place; nil where its lengths contradict the bytes.
  init?(_ bytes: [UInt8], at start: Int = 0) {
    guard let length = bytes.count(4, at: start, .little),
      let vendor = bytes.part(at: start + 4, count: length),
      let count = bytes.count(4, at: start + 4 + length, .little), count <= MetadataLimits.parts
    else { return nil }
    self.vendor = vendor
    var comments: [[UInt8]] = []
    var place = start + 8 + length
    for _ in 0..<count {
      guard let length = bytes.count(4, at: place, .little),
        let comment = bytes.part(at: place + 4, count: length)
      else { return nil }
      comments.append(comment)
      place += 4 + length
    }
    self.comments = comments
    end = place
  }

  /// The list's bytes.
  var bytes: [UInt8] {
    var bytes = [UInt8](vendor.count, width: 4, .little) + vendor
    bytes += [UInt8](comments.count, width: 4, .little)
    for comment in comments { bytes += [UInt8](comment.count, width: 4, .little) + comment }
    return bytes
  }

  /// The comments as texts.
  func texts(place: String) -> [FoundText] {
    comments.prefix(MetadataLimits.texts).compactMap { comment in
      guard let (name, text) = Self.split(comment) else { return nil }
      return FoundText(name, ForeignText.utf8OrLatin1(text), place: "\(place) \(name)")
    }
  }

  /// Puts a text in the place of the comment, or takes out all that tells how the file was made.
  mutating func change(_ change: Change) {
    comments.removeAll { comment in
      guard let (name, text) = Self.split(comment) else { return false }
      let keyword = name.lowercased()
      if keyword == "comment" { return true }
      // ffmpeg calls its comment so.
      if keyword == "description" { return text.first == UInt8(ascii: "{") }
      return change.text == nil && FoundText.isGeneration(keyword)
    }
    if let text = change.text { comments.append(Array("COMMENT=".utf8) + Array(text.utf8)) }
  }

  private static func split(_ comment: [UInt8]) -> (String, ArraySlice<UInt8>)? {
    guard let equals = comment.firstIndex(of: UInt8(ascii: "=")), equals > 0, equals < 100 else {
      return nil
    }
    return (ForeignText.utf8OrLatin1(comment[..<equals]), comment[(equals + 1)...])
  }
}
