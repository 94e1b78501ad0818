package import Foundations
package import Media

/// Something that is taken out of a file, and the file it becomes.
package struct ExtractedPart: Sendable {
  /// What it is.
  package enum Kind: String, Sendable {
    case video, audio, subtitle, attachment, cover, chapters
  }

  /// Where its bytes come from.
  enum Source: Sendable {
    /// The packets of its stream.
    case packets(ExtractedForm)
    /// Bytes that are known already.
    case bytes([UInt8])
  }

  package let kind: Kind
  /// Nil for chapters.
  package let stream: StreamDescription?
  /// Where it goes, below the output's folder.
  package let path: RelativePath
  let source: Source

  /// When it begins in the file it is taken from.
  package var startSeconds: Double? { stream?.start?.seconds }

  /// Whether its own file says so, too; true where it has no time.
  package var keepsStart: Bool {
    if case .packets(let form) = source { form.keepsStart } else { true }
  }

  /// What the file it becomes cannot hold.
  package var losses: [String] {
    guard case .packets(let form) = source else { return [] }
    var losses = [form.loss].compactMap { $0 }
    if let startSeconds, !form.keepsStart, abs(startSeconds) > 0.0005 {
      losses.append("that it begins at \(String(startSeconds, decimals: 3)) s")
    }
    return losses
  }
}
