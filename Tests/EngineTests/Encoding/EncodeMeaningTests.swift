import Engine
import Foundations
import Testing

@Suite("What an encode is asked for by")
struct EncodeMeaningTests {
  private func fingerprint(_ members: JSONObject) throws -> String {
    try EncodeRequest("/a", to: "/b.mkv", as: members).fingerprint
  }

  /// A value of each member that is not its default; more that must be given with it.
  private static let others: [(member: String, value: JSONValue, with: JSONObject)] = [
    ("target_vmaf", 90, [:]), ("quality_metric", "xpsnr", ["target_vmaf": 40]), ("crf", 30, [:]),
    ("allocation", "lagrangian", [:]), ("max_encoded_percent", 80, [:]), ("standard", true, [:]),
    ("profile", "clean", [:]), ("preset", 4, [:]), ("svt", ["aq-mode=1"], [:]),
    ("film_grain", 8, [:]), ("film_grain_denoise", true, [:]), ("tune", 1, [:]),
    ("keyint", "5s", [:]), ("pix_fmt", "yuv420p", [:]), ("crop", "none", [:]),
    ("audio", "copy", [:]), ("keep_lossless", true, [:]), ("audio_tracks", "2,1", [:]),
    ("subtitle_tracks", "none", [:]), ("subtitles", "convert", [:]),
    ("drop_dynamic_hdr", true, [:]), ("deinterlace", true, [:]),
  ]
  /// Members that change how the work is done and not what comes out.
  private static let neutral: [(member: String, value: JSONValue)] = [
    ("workers", 3), ("overwrite", true), ("chunked", true), ("nice", 7), ("hw_decode", "auto"),
    ("work", "/w"), ("keep_temp", true), ("report", "/r.html"),
  ]

  @Test("tells two encodes apart by everything that changes the output, and by nothing else")
  func meaning() throws {
    for (member, value, with) in Self.others {
      var members = with
      let without = try fingerprint(with)
      members[member] = value
      #expect(try fingerprint(members) != without, "\(member)")
    }
    let plain = try fingerprint([:])
    for (member, value) in Self.neutral {
      #expect(try fingerprint([member: value]) == plain, "\(member)")
    }
    // Whoever adds a member says here which of the two it is.
    let known = Self.others.map(\.member) + Self.neutral.map(\.member)
    #expect(Set(EncodeRequest.members) == Set(known))
  }

  @Test("is the same whether a default is spelled out or not")
  func defaults() throws {
    let plain = try fingerprint([:])
    let spelled: JSONObject = [
      "preset": 6, "profile": "default", "keyint": "10s", "crop": "auto", "audio": "opus",
      "tune": 0, "film_grain": 0, "workers": .null, "svt": [],
    ]
    #expect(try fingerprint(spelled) == plain)
    #expect(try fingerprint(["crf": 30]) == fingerprint(["crf": "30,30,30"]))
  }

  @Test(
    "is refused where a value is of another kind, naming it",
    arguments: [
      ("preset", "fast"), ("audio", "opuss"), ("overwrite", 1), ("svt", [1]),
      ("target_vmaf", "high"), ("crop", true), ("preset", 14), ("crf", "70"),
    ] as [(String, JSONValue)])
  func refused(member: String, value: JSONValue) throws {
    do {
      _ = try fingerprint([member: value])
      Issue.record("\(member) was taken")
    } catch {
      let failure = error.asFailure
      #expect(failure.kind == .usage)
      let option = String(member.map { $0 == "_" ? "-" : $0 })
      #expect(failure.message.contains(member) || failure.message.contains(option))
    }
  }
}
