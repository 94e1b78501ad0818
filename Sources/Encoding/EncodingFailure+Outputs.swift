package import Foundations

extension EncodingFailure {
  /// The name of the output is taken.
  package static func outputExists(_ path: FilePath) -> EncodingFailure {
    EncodingFailure(
      .fileExists, "\(path) is there already", hint: "--overwrite replaces it once all is checked")
  }

  /// The output is the source.
  package static func outputIsSource(_ path: FilePath) -> EncodingFailure {
    EncodingFailure(
      .encodingBadSetting, "\(path) is the source itself, which is never touched",
      hint: "give the output another name")
  }
}

extension EncodingFailure {
  /// The report page would take the output's name.
  package static func pageIsOutput(_ path: FilePath) -> EncodingFailure {
    EncodingFailure(
      .encodingBadSetting, "\(path) cannot be both the film and the page about it",
      hint: "give the page a name of its own")
  }
}
