import CFFmpeg
import Foundations

/// The libav libraries: opened when first needed, checked, and described for `doctor`.
package enum LibAV {
  /// What a piece of work needs of libav.
  package enum Part: Sendable {
    /// Reading, decoding, encoding, writing.
    case core
    /// Conversion between pixel formats and sizes.
    case scale
    /// Filter graphs.
    case filter

    fileprivate var group: mediary_libav_group {
      switch self {
      case .core: MEDIARY_LIBAV_CORE
      case .scale: MEDIARY_LIBAV_SCALE
      case .filter: MEDIARY_LIBAV_FILTER
      }
    }
  }

  /// Opens the libraries of a part; costs nothing once they are open.
  ///
  /// Every handle's factory calls this first, so no code above needs to.
  package static func load(_ part: Part) throws(MediaFailure) {
    guard let missing = mediary_libav_load(part.group) else { return }
    throw MediaFailure(
      .libavMissing, "cannot open libav: \(String(cString: missing))",
      hint: "apt-get install libavformat59 libavfilter8 libswscale6, or run ./mediary once")
  }

  /// Whether the core is there, for values (a format's name, say) that can be asked before any handle
  /// was opened and have an answer even without libav.
  static let isReady = (try? load(.core)) != nil

  /// One of the libraries: what the program was built for and what it found.
  package struct Library: Sendable {
    /// The file it is looked for by.
    package let file: String
    /// The version of the headers this program was built with.
    package let built: String
    /// The version that was loaded, nil where it is missing.
    package let found: String?
    /// Whether the loaded one can be used in place of the one built for.
    package let isCompatible: Bool
  }

  /// All libraries, opening each; never throws, since saying what is missing is its purpose.
  package static func libraries() -> [Library] {
    for part in [Part.core, .scale, .filter] { _ = mediary_libav_load(part.group) }
    var list: [Library] = []
    var index: Int32 = 0
    while let file = mediary_libav_library(index) {
      let built = mediary_libav_built(index)
      let found = mediary_libav_found(index)
      list.append(
        Library(
          file: String(cString: file), built: version(built),
          found: found == 0 ? nil : version(found),
          // Within a major version libav only adds; an older minor one may lack what was added.
          isCompatible: found >> 16 == built >> 16 && found >= built & 0xFFFF_FF00))
      index += 1
    }
    return list
  }

  private static func version(_ number: UInt32) -> String {
    "\(number >> 16).\(number >> 8 & 0xFF).\(number & 0xFF)"
  }

  /// Whether there is a decoder of this name.
  package static func hasDecoder(_ name: String) -> Bool {
    (try? load(.core)) != nil && avcodec_find_decoder_by_name(name) != nil
  }

  /// Whether there is an encoder of this name.
  package static func hasEncoder(_ name: String) -> Bool {
    (try? load(.core)) != nil && avcodec_find_encoder_by_name(name) != nil
  }

  /// Whether there is a filter of this name.
  package static func hasFilter(_ name: String) -> Bool {
    (try? load(.filter)) != nil && avfilter_get_by_name(name) != nil
  }

  /// Makes a call of libav's with this thread's log forgotten first, so that a failure quotes
  /// that call's own line and not an older one.
  static func call(_ body: () -> Int32) -> Int32 {
    mediary_libav_clear_log()
    return body()
  }

  /// libav's words for one of its error numbers.
  static func text(of number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
      guard let base = buffer.baseAddress else { return "error \(number)" }
      guard av_strerror(number, base, buffer.count) == 0 else { return "error \(number)" }
      return String(cString: base)
    }
  }
}
