import CFFmpeg

/// libav's ordered text dictionary, for as long as a call needs it.
struct OptionDictionary: ~Copyable {
  private var handle: OpaquePointer?

  /// A dictionary of the pairs, in order.
  init(_ pairs: [(key: String, value: String)] = []) {
    for pair in pairs { av_dict_set(&handle, pair.key, pair.value, 0) }
  }

  deinit {
    var handle = handle
    av_dict_free(&handle)
  }

  /// Calls `body` with libav's pointer, which it may replace or take entries out of.
  mutating func withHandle<R>(_ body: (UnsafeMutablePointer<OpaquePointer?>) -> R) -> R {
    body(&handle)
  }

  /// The names that are left: those an open call did not know.
  var keys: [String] { Self.pairs(handle).map(\.key) }

  /// The pairs of a dictionary that belongs to somebody else.
  static func pairs(_ handle: OpaquePointer?) -> [(key: String, value: String)] {
    var pairs: [(key: String, value: String)] = []
    var entry: UnsafeMutablePointer<AVDictionaryEntry>?
    while let next = av_dict_get(handle, "", entry, AV_DICT_IGNORE_SUFFIX) {
      entry = next
      // Tags come from the file: what is not UTF-8 is mended, never trusted.
      pairs.append((String(cString: next.pointee.key), String(cString: next.pointee.value)))
    }
    return pairs
  }
}
