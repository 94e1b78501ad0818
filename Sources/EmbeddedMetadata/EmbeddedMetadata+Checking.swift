extension EmbeddedMetadata {
  /// Refuses what no write would take, for callers who would rather know before long work.
  package static func check(_ text: String, options: MetadataWriteOptions) throws {
    try MetadataWriter.checkJSON(text)
    try MetadataWriter.checkSizes(text, options)
  }
}
