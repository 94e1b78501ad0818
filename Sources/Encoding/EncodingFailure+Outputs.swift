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

  /// There is nothing to encode in a folder.
  package static func noFilms(in folder: FilePath) -> EncodingFailure {
    EncodingFailure(
      .encodingNoFilm, "there is no film in \(folder)",
      hint:
        "hidden files and what links lead to are left out; `mediary probe` says what is in a file"
    )
  }

  /// A thing of the library that is no film.
  package static func noFilm(in thing: String, kind: String) -> EncodingFailure {
    EncodingFailure(
      .encodingNoFilm, "there is no film in \(thing), which is \(kind)",
      hint: "name one that is a video")
  }
}
