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

  /// The output is larger than `--max-encoded-percent` allows.
  static func tooLarge(_ path: FilePath, _ found: String, _ limit: String) -> EncodingFailure {
    EncodingFailure(
      .encodingTooLarge, "\(path) would have \(found) of the source's size, and may have \(limit)",
      hint: "lower --target-vmaf, raise --crf, or allow more; what was encoded is kept and taken up"
    )
  }

  /// What is encoded already is larger than all of it may be.
  static func tooLarge(
    _ count: Int, of all: Int, bytes: Int64, most: Int64
  ) -> EncodingFailure {
    EncodingFailure(
      .encodingTooLarge,
      "\(HumanText.count(count, "segment")) of \(all) have \(HumanText.bytes(bytes)) already, and all"
        + " may have \(HumanText.bytes(most))",
      hint: "lower --target-vmaf, raise --crf, or allow more; what was encoded is kept and taken up"
    )
  }

  /// The source was written to while it was encoded.
  package static func sourceChanged(_ path: FilePath) -> EncodingFailure {
    EncodingFailure(
      .encodingFilmChanged, "\(path) was changed while it was encoded",
      hint: "run the same again once nobody writes to it any more")
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
