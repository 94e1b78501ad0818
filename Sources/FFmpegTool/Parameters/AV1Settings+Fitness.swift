import Foundations

extension AV1Settings {
  /// What the settings say by fields of their own, and no parameter may say again.
  private static let ownKeys: [String: String] = [
    "crf": "crf", "rc": "crf", "qp": "crf", "preset": "preset", "keyint": "keyint",
    "lp": "threads",
  ]

  /// Throws where the settings cannot be told to a program at all.
  func requireFit(for program: FFmpegProgram) throws(FFmpegToolFailure) {
    guard program.encoderVersion != nil else {
      throw FFmpegToolFailure(
        .toolMissing, "\(program.path) has no SVT-AV1", hint: FFmpegSearch.installing)
    }
    guard crfQuarters & 3 == 0 || program.takesQuarters else {
      throw FFmpegToolFailure(
        .toolUnknownParameter,
        "SVT-AV1 \(program.encoderVersion ?? "") takes a whole CRF only, not \(crf)",
        hint: "name a whole number, or use an SVT-AV1 from 2 on")
    }
    var seen: Set<String> = []
    for parameter in parameters {
      try parameter.requireForm()
      if let own = Self.ownKeys[parameter.key] {
        throw FFmpegToolFailure(
          .toolUnknownParameter, "the parameter \(parameter.key) has an option of its own",
          hint: "use the option for \(own)")
      }
      guard seen.insert(parameter.key).inserted else {
        throw FFmpegToolFailure(
          .toolUnknownParameter, "the parameter \(parameter.key) is given twice")
      }
    }
  }
}

extension AV1Settings.Parameter {
  /// Throws where key or value would read as something else in ffmpeg's list of pairs.
  func requireForm() throws(FFmpegToolFailure) {
    let isKey =
      !key.isEmpty
      && key.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
    // A colon would begin another pair; a quote or backslash would take the next sign away.
    let isValue =
      !value.isEmpty
      && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !":'\\".utf8.contains($0) }
    guard isKey, isValue else {
      throw FFmpegToolFailure(
        .toolUnknownParameter, "no parameter can be \(key)=\(value)",
        hint: "a key is small letters, digits and dashes; a value has no spaces, colons or quotes")
    }
  }
}
