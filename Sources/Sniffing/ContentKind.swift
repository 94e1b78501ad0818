/// The kinds of content that outputs and assets are sorted by.
package enum ContentKind: String, Sendable, CaseIterable {
  case image, video, audio, midi, text, code, data
  case model3D = "model3d"
}
