import Foundations
import Media

/// What of a film stands against encoding it, and what of it is lost already.
package struct SourceCondition {
  /// A film counts as interlaced from this share of its frames on.
  private static let mostInterlaced = 0.1
  /// A live recording does not know its length, and says one that no file has.
  private static let longestFile: Int64 = 1 << 50
  /// Pictures may end so many seconds before the rest of a film.
  private static let usualRest = 1.0

  private let film: Film
  private let analysis: FilmAnalysis

  /// The condition of a film that was looked at.
  package init(_ film: Film, _ analysis: FilmAnalysis) {
    self.film = film
    self.analysis = analysis
  }

  /// Refuses a film whose pictures change on the way: it is encoded in one size and format.
  package func requireOnePicture() throws(EncodingFailure) {
    guard let first = analysis.pictures.first else { return }
    if let change = analysis.pictures.dropFirst().first {
      let time = HumanText.clock(.seconds(analysis.table.seconds(ofFrame: change.frame)))
      throw .pictureChanges(film, change.description, change.frame, at: " (at \(time))")
    }
    let (width, height) = (film.video.video?.width ?? 0, film.video.video?.height ?? 0)
    guard first.width == width, first.height == height else {
      throw EncodingFailure(
        .encodingPictureChanges,
        "\(film.path) says that its pictures are \(width)x\(height), and they are"
          + " \(first.description)",
        hint: "put it into another container first, with a tool that mends this")
    }
  }

  /// Whether so many of its pictures were taken in two fields that it has to be said what becomes of
  /// them.
  package var isInterlaced: Bool { analysis.interlacedShare >= Self.mostInterlaced }

  /// Refuses an interlaced film, unless it was said what becomes of it.
  package func requireWholePictures(_ choice: Bool?) throws(EncodingFailure) {
    guard isInterlaced, choice == nil else { return }
    throw EncodingFailure(
      .encodingNeedsChoice,
      "\(film.path) is interlaced (\(HumanText.percent(analysis.interlacedShare)) of its frames)",
      hint:
        "--deinterlace makes whole pictures of the fields; --no-deinterlace encodes them as they"
        + " are, with their combs")
  }

  /// What of the film is missing or damaged, for whoever might take the output for all of it.
  package var losses: [String] {
    [missingBytes, earlyEnd, gaps, damage, holes, times].compactMap { $0 }
  }

  private var missingBytes: String? {
    let missing = FileStructure.look(at: film.path).missing
    guard missing > 0, missing < Self.longestFile else { return nil }
    return "the source breaks off: \(HumanText.bytes(missing)) of it are missing; what is there is"
      + " encoded"
  }

  private var earlyEnd: String? {
    let table = analysis.table
    let end = MediaTime(ticks: table.end, timebase: table.timebase).seconds
    guard let told = film.video.duration?.seconds else { return nil }
    let whole = told + (film.video.start?.seconds ?? 0)
    guard whole - end > max(Self.usualRest, whole / 100) else { return nil }
    return "the source's pictures end at \(String(end, decimals: 2)) s, and it says that it has"
      + " \(String(whole, decimals: 2)) s"
  }

  private var gaps: String? {
    guard analysis.gaps > 0 else { return nil }
    return "\(HumanText.count(analysis.gaps, "packet")) of the source's pictures cannot be decoded,"
      + " and \(analysis.gaps == 1 ? "is" : "are") missing in the output"
  }

  private var damage: String? {
    let count = analysis.damagedFrames.count
    guard count > 0 else { return nil }
    return "\(HumanText.count(count, "frame")) of the source \(count == 1 ? "is" : "are") damaged"
  }

  /// Where nothing is shown though the film goes on; in a whole film a picture may stay for long.
  private var holes: String? {
    let table = analysis.table
    let steps = zip(table.ticks.dropFirst(), table.ticks).map { $0 - $1 }
    guard analysis.isDamaged, let longest = steps.max() else { return nil }
    let usual = steps.sorted()[steps.count / 2]
    guard longest > usual * 3 else { return nil }
    let place = (steps.firstIndex(of: longest) ?? 0) + 1
    let length = MediaTime(ticks: longest - usual, timebase: table.timebase).seconds
    let count = steps.count { $0 > usual * 3 }
    let others = count > 1 ? ", and \(HumanText.count(count - 1, "other hole"))" : ""
    return "the source has no pictures for \(String(length, decimals: 2)) s at"
      + " \(HumanText.clock(.seconds(table.seconds(ofFrame: place - 1))))\(others)"
  }

  private var times: String? {
    let count = analysis.mendedTimes
    guard count > 0 else { return nil }
    return "the times of \(HumanText.count(count, "frame")) of the source are missing or out of"
      + " order, and are made up"
  }
}
