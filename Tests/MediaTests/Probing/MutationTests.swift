import Foundation
import Foundations
import Media
import TestSupport
import Testing

@Suite("Damaged media")
struct MutationTests {
  /// One small file of every container.
  private static let names = [
    "h264-aac.mp4", "chapters.mp4", "fragmented.mp4", "rotated-180.mov", "subtitles.mkv",
    "attachments.mkv", "av1-opus.webm", "mpeg4-mp3.avi", "h264-mp2.ts", "sixteen.flac",
    "vorbis.ogg", "opus-5.1.opus", "stereo-16.wav", "large.rf64.wav", "tagged.mp3", "cover.m4a",
    "rgb.png", "photo.jpg", "lossy.webp", "lossless.webp", "moving.gif", "moving.apng",
    "still.avif",
    "hdr10.mkv", "raw.aac", "pcm.aiff", "h264.flv",
  ]

  /// MUTATIONS= in the environment asks for more; SEED= brings a run back.
  @Test("are described or refused, and never bring the program down", .timeLimit(.minutes(60)))
  func mutations() throws {
    let corpus = try MediaCorpus(only: Self.names)
    let files = try Self.names.map(corpus.bytes)
    let count = ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 3_000
    var random = Seeded()
    // Printed first: whoever sees a crash needs it.
    print("mutations: \(count), SEED=\(random.seed)")
    var described = 0
    var refused: [String: Int] = [:]
    for index in 0..<count {
      let (origin, bytes) = Mutation.damaged(files, using: &random)
      do throws(MediaFailure) {
        let report = try MediaProbe.examine(.memory(bytes, name: Self.names[origin]))
        #expect(!report.streams.isEmpty)
        #expect(!report.json.text().isEmpty)
        described += 1
      } catch {
        #expect([.badMedia, .denied].contains(error.kind), "mutation \(index): \(error)")
        #expect(!error.message.isEmpty)
        refused[error.code.name, default: 0] += 1
      }
    }
    print("mutations: described \(described), refused \(refused.sorted { $0.key < $1.key })")
    #expect(described > 0 && !refused.isEmpty)
  }
}
