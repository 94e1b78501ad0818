import Blobs
import Foundations
import Sniffing

/// Refuses content that cannot be what it was brought as.
enum ContentCheck {
  private static let media: Set<ContentKind> = [.image, .video, .audio, .midi, .model3D]
  private static let mediaExtensions: Set<String> = {
    let known = ContentType.allCases.filter { media.contains($0.kind) }.map(\.fileExtension)
    return Set(known + ["jpeg", "jpe", "tif", "m4v", "mpeg", "oga", "aif", "midi", "wmv", "3gp"])
  }()

  /// What the content is; `library.empty_content` and `library.html_instead` where it is refused.
  static func type(
    of facts: BlobFacts, name: String, declaredType: String?
  ) throws(LibraryFailure) -> ContentType {
    guard facts.size > 0 else {
      throw LibraryFailure(
        .libraryEmpty, "\(ShownText.of(name)) has no bytes",
        hint: "its writer may not be done, or have failed")
    }
    let type = ContentType.of(facts.head, size: facts.size)
    if type == .html, claimsMedia(name, declaredType) {
      throw LibraryFailure(
        .libraryHTML, "\(ShownText.of(name)) is a web page and no media",
        hint: "a server may have sent its error page; fetch it again")
    }
    return type
  }

  /// Whether a name or an announced type speaks of a picture, a film, a sound or a model.
  static func claimsMedia(_ name: String, _ declaredType: String?) -> Bool {
    if let family = declaredType?.split(separator: "/").first.map(String.init),
      ["image", "video", "audio", "model"].contains(family)
    {
      return true
    }
    return mediaExtensions.contains(FilePath(name).fileExtension.lowercased())
  }
}
