import Encoding
package import Foundations

/// What is kept of one encode: what went in, what came out, how long it took.
package struct EncodeRecord: Sendable, Equatable {
  /// How it ended.
  package enum State: String, Sendable { case completed, failed }

  /// By which a file is known to be as it was, without being read.
  package struct FileMark: Sendable, Equatable {
    package let size: Int64
    /// When it was last changed, in nanoseconds since 1970.
    package let modified: Int64

    /// A mark by its parts.
    package init(size: Int64, modified: Int64) {
      self.size = size
      self.modified = modified
    }

    /// The mark of a file as it is now.
    package init(_ status: FileStatus) {
      self.init(size: status.size, modified: status.modifiedNanoseconds)
    }
  }

  /// What an encode that came to its end took and gave.
  package struct Work: Sendable, Equatable {
    package var durationSeconds: Double
    package var frames: Int
    package var encoder: String
    /// The mean over the film; nil where it was not measured.
    package var vmaf: Double?
  }

  /// What went wrong.
  package struct Problem: Sendable, Equatable {
    package let code: String
    package let message: String
  }

  /// When it ended.
  package var time: Timestamp
  package var state: State
  /// Both whole paths, as text.
  package var input: String
  package var output: String
  package var source: FileMark?
  /// The SHA-256 of the source's bytes; nil where it changed meanwhile or could not be read.
  package var content: String?
  /// The output as it was when it got its name.
  package var result: FileMark?
  /// The meaning of what was asked for, and the same in a few letters.
  package var settings: JSONObject
  package var fingerprint: String
  package var seconds: Double
  package var work: Work?
  package var error: Problem?
  /// The job that did it, and the asset whose content it was, with its name.
  package var job: String?
  package var asset: String?
  package var name: String?

  /// A record of an encode that has just ended, of which little is known yet.
  package init(
    _ request: EncodeRequest, _ state: State, at time: Timestamp, took seconds: Double
  ) {
    self.time = time
    self.state = state
    input = request.input.whole.text
    output = request.output.whole.text
    settings = request.meaning
    fingerprint = request.fingerprint
    self.seconds = seconds
  }

  /// What people call the source.
  package var title: String { name ?? FilePath(input).name }
  /// Film seconds in a second; nil where it did not come to its end.
  package var speed: Double? { work.flatMap { perSecond($0.durationSeconds) } }
  /// Frames in a second.
  package var framesPerSecond: Double? { work.flatMap { perSecond(Double($0.frames)) } }

  private func perSecond(_ amount: Double) -> Double? { seconds > 0 ? amount / seconds : nil }
}

extension FilePath {
  /// From the root on, also where it is not there yet.
  var whole: FilePath {
    if let path = try? resolved() { return path }
    guard let name = fileName, let folder = try? parent.resolved() else { return self }
    return folder.appending(name)
  }
}
