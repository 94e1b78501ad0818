package import Encoding
package import Foundations

/// A folder whose films are to be encoded, and how.
package struct FolderRequest: Sendable {
  package var folder: FilePath
  /// Where the outputs go; it may lie in the folder, and is not walked then.
  package var output: FilePath
  package var container = OutputContainer.mkv
  /// Whether films that are AV1 already are encoded again.
  package var reencodesAV1 = false
  /// What is asked of each film; its paths are those of the folders.
  package var each: EncodeRequest

  /// A request with the defaults beside what is asked of each.
  package init(_ each: EncodeRequest) {
    folder = each.input
    output = each.output
    self.each = each
  }

  /// What is asked of one film.
  func request(_ film: PlannedFilm) -> EncodeRequest {
    var request = each
    request.input = film.input
    request.output = film.output
    return request
  }
}

/// A film of a folder, and what is to become of it.
package struct PlannedFilm: Sendable {
  /// Why a film is not encoded.
  package enum Reason: String, Sendable, CaseIterable {
    /// It was encoded before, from the same content to the same settings, and the output is there.
    case done
    /// Something is there by the name of the output.
    case exists
    /// It is AV1 already.
    case av1
  }

  /// What is to become of it.
  package enum Fate: Sendable {
    case encode
    case skip(Reason)
    /// It cannot be encoded.
    case refuse(any Failure)
  }

  /// Below the folder.
  package let name: FilePath
  package let input: FilePath
  package let output: FilePath
  package let fate: Fate
  package let size: Int64
  /// How long it is, by what its container says; nil where that says nothing.
  package let seconds: Double?
  package let width: Int
  package let height: Int
  /// How much work it is, compared with others.
  package let weight: Double
}

/// What will become of a folder's films.
package struct FolderPlan: Sendable {
  package var films: [PlannedFilm] = []
  /// Files that are no films.
  package var passedOver = 0
  /// What could not be looked at.
  package var failures: [(name: FilePath, failure: any Failure)] = []

  /// Those that will be encoded.
  package var toEncode: [PlannedFilm] {
    films.filter { if case .encode = $0.fate { true } else { false } }
  }
}

/// What came of a folder.
package struct FolderSummary: Sendable {
  package var encoded = 0
  package var skipped: [PlannedFilm.Reason: Int] = [:]
  package var failed = 0
  package var passedOver = 0
  /// Of those that were encoded.
  package var sizeBefore: Int64 = 0
  package var sizeAfter: Int64 = 0
  package var filmSeconds = 0.0
  package var seconds = 0.0
  /// Why it ended before its end; nil where it did not.
  package var stopped: StoppedFailure?

  /// Nothing yet.
  package init() {}

  package var skippedInAll: Int { skipped.values.reduce(0, +) }

  /// The summary as every surface shows it.
  package var json: JSONObject {
    [
      "files": .int(encoded + skippedInAll + failed), "encoded": .int(encoded),
      "skipped": .int(skippedInAll), "failed": .int(failed), "passed_over": .int(passedOver),
      "size_before": .int(sizeBefore), "size_after": .int(sizeAfter),
      "duration_seconds": .double(filmSeconds), "seconds": .double(seconds),
      "stopped": .bool(stopped != nil),
    ]
  }
}
