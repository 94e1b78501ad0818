/// What some content is, told by its bytes and never by a name.
package enum ContentType: String, Sendable, CaseIterable {
  // pictures
  case png, apng, jpeg, webp, gif, avif, heic, jxl, bmp, tiff, exr, svg
  // films
  case mp4, mov, matroska, webm, avi, mpegts, mpegps, flv, oggVideo
  // sounds
  case m4a, wav, rf64, aiff, flac, vorbis, opus, oggAudio, mp3, aac
  case midi
  // models of things
  case gltf, glb, obj, stl, ply, usdz
  // texts and code
  case text, html, xml, json
  // data
  case pdf, zip, npy, npz, safetensors
  case unknown

  /// How many bytes of a content are looked at; more tell nothing.
  package static let headSize = 16 << 10

  /// What a content is by its first bytes.
  ///
  /// - Parameter size: how many bytes there are in all, nil where nobody knows; it tells a cut head
  ///   from a short file, and some formats by their arithmetic.
  package static func of(_ head: [UInt8], size: Int64? = nil) -> ContentType {
    let head = Head(bytes: Array(head.prefix(headSize)), size: size)
    if head.bytes.isEmpty { return .unknown }
    // From the surest signs to the weakest: fixed bytes at the start, boxes, then what only has a
    // shape. A text comes last, since some of the others begin as texts do.
    return PictureSigns.type(of: head) ?? BoxSigns.type(of: head) ?? FilmSigns.type(of: head)
      ?? SoundSigns.type(of: head) ?? ModelSigns.type(of: head) ?? DataSigns.type(of: head)
      ?? FrameSigns.type(of: head) ?? TextSigns.type(of: head) ?? .unknown
  }
}
