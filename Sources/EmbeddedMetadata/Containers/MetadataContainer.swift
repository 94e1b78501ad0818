import Foundations

/// What every container can do.
protocol MetadataContainer {
  /// The texts that the file holds, the likeliest first.
  static func texts(in file: SourceFile) throws -> [FoundText]
  /// Whether a C2PA signature covers the file, which any change would break.
  static func isSigned(_ file: SourceFile) throws -> Bool
  /// How the file is changed.
  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite
  /// Whether the text goes beside a file that has no safe place for it, and no failure is thrown.
  static var standsAside: Bool { get }
  /// The source pictures in the file.
  static func pictures(in file: SourceFile) throws -> [EmbeddedPicture]
}

extension MetadataContainer {
  static func isSigned(_ file: SourceFile) throws -> Bool { false }
  static var standsAside: Bool { false }
  static func pictures(in file: SourceFile) throws -> [EmbeddedPicture] { [] }

  /// Refuses source pictures where the format has no place for them.
  static func refusePictures(_ change: Change, _ file: SourceFile) throws {
    guard let pictures = change.pictures, !pictures.isEmpty else { return }
    throw MetadataFailure(
      .metadataUnsupported,
      "\(file.path): source pictures can only be put into MP4, MOV and Matroska files",
      hint: "leave the pictures out")
  }
}
