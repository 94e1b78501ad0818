import CFFmpeg
package import Foundations

/// Something libav refused, or media that are not what they should be.
package struct MediaFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?
  /// libav's own number, 0 where the refusal was ours.
  package let libavNumber: Int32
  /// The last line libav logged on the way there, for the log and for reports.
  package let libavLog: String?

  /// A refusal of our own.
  package init(
    _ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
    libavNumber = 0
    libavLog = nil
  }

  /// The failure that a missing end is.
  package init(truncated name: String, missingBytes: Int64?, cause: (any Error)? = nil) {
    let amount = missingBytes.map { ", \(HumanText.bytes($0)) or more are missing" } ?? ""
    self.init(
      .mediaTruncated, "\(name) ends too early\(amount)",
      hint: "fetch or copy the file again; what is there may still be read", cause: cause)
  }

  /// A negative answer of libav's, with the operation, the thing it was about, and the log line.
  ///
  /// The log line is this thread's; call it on the thread that made the call.
  init(
    libav number: Int32, _ operation: String, _ subject: String, code: FailureCode? = nil,
    hint: String? = nil
  ) {
    let line = String(cString: mediary_libav_last_log())
    let meaning = Self.meaning(of: number)
    self.code = code ?? meaning.code
    self.hint = hint ?? (code == nil ? meaning.hint : nil)
    libavNumber = number
    libavLog = line.isEmpty ? nil : line
    cause = nil
    let detail = line.isEmpty ? "" : " (\(line))"
    message = "cannot \(operation) \(subject): \(LibAV.text(of: number))\(detail)"
  }

  private static func meaning(of number: Int32) -> (code: FailureCode, hint: String?) {
    switch number {
    case mediary_averror_exit: (.stopped, nil)
    case mediary_averror_invalid_data: (.mediaDamaged, nil)
    case mediary_averror_eof: (.mediaTruncated, nil)
    case mediary_averror_demuxer_not_found: (.notMedia, nil)
    case mediary_averror_decoder_not_found: (.noDecoder, "`mediary doctor` lists the decoders")
    case mediary_averror_encoder_not_found: (.noEncoder, "`mediary doctor` lists the encoders")
    case mediary_averror_option_not_found, mediary_averror_invalid_argument: (.badMediaSetting, nil)
    case mediary_averror_not_supported: (.mediaNotSupported, nil)
    case mediary_averror_no_memory: (.mediaOutOfMemory, nil)
    case mediary_averror_no_space:
      (.diskFull, "free some space, or name a folder on another disk")
    case mediary_averror_denied: (.mediaReachesOut, nil)
    case mediary_averror_input_output: (.inputOutput, nil)
    default: (.mediaDamaged, nil)
    }
  }
}

extension FailureCode {
  /// libav is missing or does not fit.
  package static let libavMissing = FailureCode(
    "media.libav.missing", .configuration,
    "The libav libraries are missing or of another version than the program was built for.")
  /// The file holds nothing.
  package static let mediaEmpty = FailureCode(
    "media.empty", .badMedia, "The file has no bytes at all.")
  /// No known container or picture format.
  package static let notMedia = FailureCode(
    "media.unrecognised", .badMedia, "The bytes are of no media format that is known.")
  /// The bytes are not what their format says.
  package static let mediaDamaged = FailureCode(
    "media.damaged", .badMedia, "The format was recognised, but its content cannot be read.")
  /// The file ends too early.
  package static let mediaTruncated = FailureCode(
    "media.demux.truncated", .badMedia, "The file ends before its content does.")
  /// There is no stream to work on.
  package static let noStream = FailureCode(
    "media.no_stream", .badMedia, "The file holds no stream of the kind that is needed.")
  /// The media use something this build cannot do.
  package static let mediaNotSupported = FailureCode(
    "media.unsupported", .badMedia, "The media use a feature that libav does not support.")
  /// A playlist or project that points to other files.
  package static let mediaReachesOut = FailureCode(
    "media.reaches_out", .denied,
    "The file refers to other files or addresses, which are never followed.")
  /// No decoder for it.
  package static let noDecoder = FailureCode(
    "media.decoder.missing", .badMedia, "There is no decoder for the stream's codec.")
  /// No such encoder.
  package static let noEncoder = FailureCode(
    "media.encoder.missing", .configuration, "The encoder asked for is not to be had here.")
  /// A setting that libav does not take.
  package static let badMediaSetting = FailureCode(
    "media.setting.refused", .usage,
    "A setting has no effect here or a value that is not accepted; nothing is ignored in silence.")
  /// No memory left.
  package static let mediaOutOfMemory = FailureCode(
    "media.memory", .unavailable, "There was not enough memory for the pictures or samples.")
  /// Frames, samples or packets whose times go back or are missing.
  package static let mediaOutOfOrder = FailureCode(
    "media.time.order", .badMedia,
    "The times of frames or packets are missing, go back, or leave a gap.")
  /// The encoder gave up on a frame.
  package static let encodingFailed = FailureCode(
    "media.encode.failed", .internalError,
    "An encoder failed on a frame that it should have taken; the message has its words.")
  /// The muxer refused a packet.
  package static let muxingFailed = FailureCode(
    "media.mux.failed", .badMedia,
    "The container's writer refused the packets of a stream; the message has its words.")
  /// The muxer cannot hold it.
  package static let containerCannotHold = FailureCode(
    "media.container.cannot_hold", .usage,
    "The container cannot hold a stream of that codec; the hint names one that can.")

  /// Every code of the media floor, for the table of errors.
  package static let mediaCodes: [FailureCode] = [
    .libavMissing, .mediaEmpty, .notMedia, .mediaDamaged, .mediaTruncated, .noStream,
    .mediaNotSupported, .mediaReachesOut, .noDecoder, .noEncoder, .badMediaSetting,
    .mediaOutOfMemory, .mediaOutOfOrder, .encodingFailed, .muxingFailed,
    .containerCannotHold,
  ]
}
