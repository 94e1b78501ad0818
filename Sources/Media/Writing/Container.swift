import CFFmpeg
import Foundations

/// A file format that streams are written into.
package struct Container: Sendable, Hashable {
  /// libav's name of the muxer: "matroska", "mp4".
  package let name: String

  /// The container that libav knows by a name, nil for any other.
  package init?(named name: String) {
    guard LibAV.isReady,
      let format = av_guess_format(name, nil, nil),
      String(cString: format.pointee.name).split(separator: ",").contains(Substring(name))
    else { return nil }
    self.name = name
  }

  /// The container that a file's name asks for by its extension, nil where it asks for none.
  package init?(extensionOf fileName: String) {
    guard LibAV.isReady else { return nil }
    let neutral = FormatDetector.neutralName(fileName)
    guard let format = av_guess_format(nil, neutral, nil) else { return nil }
    let name = String(cString: format.pointee.name)
    // A picture by itself, where libav would have a numbered series of files.
    self.name = name == "image2" ? "image2pipe" : name
  }

  /// libav's description of it.
  var format: UnsafePointer<AVOutputFormat>? { av_guess_format(name, nil, nil) }

  private func has(_ flag: Int32) -> Bool { (format?.pointee.flags ?? 0) & flag != 0 }

  /// Whether it writes files of its own choosing and not the one it is given.
  var opensFilesItself: Bool { has(AVFMT_NOFILE) }
  /// Whether decoding times may stand still from one packet to the next.
  var allowsEqualTimes: Bool { has(AVFMT_TS_NONSTRICT) }
  /// Whether it keeps no times at all.
  var hasNoTimes: Bool { has(AVFMT_NOTIMESTAMPS) }

  private static let isoFamily: Set<String> = [
    "mp4", "mov", "ipod", "3gp", "3g2", "psp", "ismv", "f4v",
  ]

  /// Whether it is MP4 or of its kin.
  package var isISO: Bool { Self.isoFamily.contains(name) }

  /// Whether a rotation can be told, by the display matrix of MP4 and its kin.
  ///
  /// Matroska could, but libav 5.1 writes none there.
  package var holdsOrientation: Bool { isISO }

  /// Whether other files (fonts) can be put in.
  package var holdsAttachments: Bool { name == "matroska" }

  /// The codecs of containers that libav gives no table for.
  private static let tables: [String: Set<String>] = {
    let ogg: Set<String> = ["vorbis", "theora", "speex", "flac", "opus", "vp8"]
    return [
      "ogg": ogg, "oga": ogg.subtracting(["theora", "vp8"]), "ogv": ogg, "opus": ["opus"],
      "spx": ["speex"], "mp3": ["mp3", "mjpeg", "png"], "flac": ["flac", "mjpeg", "png"],
      "adts": ["aac"],
    ]
  }()

  /// What libav has a place for in MP4 and its kin, and writes only as an experiment.
  private static let experimental: Set<String> = ["flac", "truehd"]

  /// Whether it can hold a stream of a codec, by libav's name of it; nil where only trying tells.
  package func canHold(codec: String) -> Bool? {
    if isISO, Self.experimental.contains(codec) { return false }
    if let table = Self.tables[name] { return table.contains(codec) }
    // Kept the way QuickTime does it, which libav writes and does not tell of when asked.
    if name == "matroska", codec == "dnxhd" { return true }
    guard let descriptor = avcodec_descriptor_get_by_name(codec) else { return nil }
    return switch avformat_query_codec(format, descriptor.pointee.id, FF_COMPLIANCE_NORMAL) {
    case 0: false
    case 1: true
    default: nil
    }
  }

  /// Whether it can hold a cover picture of a codec, which has places of its own beside the streams.
  package func canHoldCover(codec: String) -> Bool? {
    guard isISO else { return canHold(codec: codec) }
    return ["mjpeg", "png", "bmp"].contains(codec)
  }

  /// The usual containers, from the most to the least likely wish.
  private static let usual = [
    "mp4", "matroska", "mov", "webm", "ogg", "mpegts", "avi", "flac", "wav", "mp3",
  ]

  /// The usual containers that hold a codec.
  package static func holding(codec: String) -> [String] {
    usual.filter { Container(named: $0)?.canHold(codec: codec) == true }
  }
}
