import Foundations
import Media
import Model
import Sniffing

/// What sort of output some content is in a run, and what its file is called at the end.
///
/// The bytes decide, never a name or a header. What was asked for holds where it says more than the
/// bytes can (music, which is sound; code of some language, which is text); where it says something
/// else, the bytes are believed: tools report films among their pictures. A web page is no picture
/// however it came, and is refused unless it was asked for.
struct OutputType: Sendable, Equatable {
  let text: String
  let fileExtension: String

  private static let media: Set<ContentKind> = [.image, .audio, .video, .model3D, .midi]
  // Types of code that only differ for people, and what they call such files.
  private static let codeExtensions = ["sonicpi": "rb", "p5": "js", "tonejs": "js"]

  private init(_ text: String, _ fileExtension: String) {
    self.text = text
    self.fileExtension = fileExtension
  }

  /// Decides by what was asked for and what the bytes are.
  static func decide(
    asked: String?, _ facts: AssetFacts, size: Int64, name: String
  ) throws(RunFailure) -> OutputType {
    let asked = asked.map { $0 == "3d" ? ContentKind.model3D.rawValue : $0 }
    if let asked { try RunValues.checkType(asked) }
    let shown = RunValues.shown(name)
    guard size > 0 else {
      throw RunFailure(.runUnfitContent, "\"\(shown)\" is empty", hint: "make it again")
    }
    let found = OutputType(facts.kind.rawValue, facts.format)
    guard let asked else {
      if facts.mimeType == "text/html" {
        throw RunFailure(
          .runUnfitContent, "\"\(shown)\" is a web page, perhaps a server's message of an error",
          hint: "if it is meant, say that its type is code")
      }
      return found
    }
    guard let wanted = ContentKind(rawValue: asked) ?? (asked == "music" ? .audio : nil) else {
      // A type that only its users know: the bytes may be anything but a page of an error.
      if facts.mimeType == "text/html" { throw refusal(shown, asked, facts) }
      let isText = facts.kind == .text || facts.kind == .code
      return OutputType(asked, isText ? codeExtensions[asked] ?? facts.format : facts.format)
    }
    if media.contains(wanted) {
      guard media.contains(facts.kind) else { throw refusal(shown, asked, facts) }
      let fits = facts.kind == wanted || (asked == "music" && facts.kind == .midi)
      return fits ? OutputType(asked, facts.format) : found
    }
    return OutputType(asked, facts.format)
  }

  private static func refusal(
    _ name: String, _ asked: String, _ facts: AssetFacts
  ) -> RunFailure {
    RunFailure(
      .runUnfitContent, "\"\(name)\" was to be \(asked), and its bytes are \(facts.mimeType)",
      hint: facts.mimeType == "text/html"
        ? "it is probably a server's message of an error; look into it" : nil)
  }
}
