import Encoding
import FFmpegTool
import Foundations
import Media
import Testing

@Suite("What a user asks of an encode")
struct EncodeSettingsTests {
  private static let rate = Rational(24, 1)

  @Test(
    "has the profile's CRF for the width and its preset",
    arguments: [
      (EncodeProfile.standard, 1_280, 24, 6), (.standard, 1_919, 24, 6), (.standard, 1_920, 26, 6),
      (.standard, 3_840, 26, 6), (.plan, 1_280, 25, 6), (.plan, 1_920, 25, 6),
      (.plan, 1_922, 29, 6), (.clean, 1_280, 27, 6), (.clean, 1_920, 29, 6),
      (.clean, 3_840, 29, 6), (.grain, 1_920, 26, 6), (.quick, 1_280, 32, 8),
      (.quick, 1_920, 35, 8), (.quick, 3_840, 36, 8),
    ])
  func profiles(profile: EncodeProfile, width: Int, crf: Int, preset: Int) throws {
    var asked = EncodeSettings()
    asked.profile = profile
    let told = try asked.meaning(
      width: width, rate: Self.rate, takesQuarters: false, knows: { _ in true })
    #expect(told.settings.crfQuarters == crf * 4)
    #expect(told.settings.preset == preset)
    #expect(told.settings.keyInterval == 240)
    #expect(told.leftOut.isEmpty)
  }

  @Test("tells the encoder the profile's parameters, and the user's in their place")
  func parameters() throws {
    var asked = EncodeSettings()
    asked.svt = [.init("ac-bias", "0.3"), .init("sharpness", "1")]
    asked.filmGrain = 8
    let told = try asked.meaning(
      width: 1_920, rate: Self.rate, takesQuarters: true, knows: { _ in true })
    #expect(
      told.settings.parameters.map { "\($0.key)=\($0.value)" } == [
        "enable-variance-boost=0", "tune=0", "scd=1", "scm=0", "film-grain-denoise=0",
        "film-grain=8", "ac-bias=0.3", "sharpness=1",
      ])
  }

  @Test("leaves out of the profile what the encoder lacks and says so, never what a user named")
  func lacking() throws {
    var asked = EncodeSettings()
    asked.svt = [.init("ac-bias", "0.3")]
    let told = try asked.meaning(width: 1_920, rate: Self.rate, takesQuarters: true) {
      !["ac-bias", "enable-variance-boost"].contains($0.key)
    }
    #expect(told.leftOut == ["enable-variance-boost"])
    #expect(told.settings.parameters.last?.key == "ac-bias")
  }

  @Test("are refused by option and range where an encode does not take them")
  func refused() throws {
    let wrong: [(String, (inout EncodeSettings) -> Void)] = [
      ("--preset cannot be 14", { $0.preset = 14 }),
      ("--film-grain cannot be 51", { $0.filmGrain = 51 }),
      ("--workers cannot be 0", { $0.workers = 0 }),
      ("--max-encoded-percent cannot be 0.5", { $0.maxEncodedPercent = 0.5 }),
      ("--pix-fmt cannot be yuv444p", { $0.pixelFormat = "yuv444p" }),
      ("--target-vmaf cannot be 100.0", { $0.target = 100 }),
      ("--quality-metric cannot be xpsnr", { $0.metric = .xpsnr }),
      ("--svt cannot be crf", { $0.svt = [.init("crf", "20")] }),
      ("--svt cannot be a", { $0.svt = [.init("a", "1"), .init("a", "2")] }),
      (
        "--crf cannot be with --target-vmaf",
        {
          $0.crf = CRFByWidth(sd: 20, hd: 20, uhd: 20)
          $0.target = 93
        }
      ),
    ]
    for (message, change) in wrong {
      var asked = EncodeSettings()
      change(&asked)
      let failure = #expect(throws: EncodingFailure.self) { try asked.check() }
      #expect(failure?.code == .encodingBadSetting)
      #expect(failure?.message == message)
      #expect(failure?.hint != nil)
    }
    try EncodeSettings().check()
  }

  @Test(
    "are read from words", arguments: ["27", "25,27.5,29"])
  func crfs(text: String) throws {
    let crf = try CRFByWidth(text: text)
    #expect(crf[.hd] == (text == "27" ? 108 : 110))
    #expect(crf[.uhd] == (text == "27" ? 108 : 116))
  }

  @Test(
    "are not read from words that are none",
    arguments: ["", "64", "25,27", "a", "25.1", "-1", "25,,29", "nan"])
  func badCRFs(text: String) {
    #expect(throws: EncodingFailure.self) { try CRFByWidth(text: text) }
  }

  @Test("count key frames in frames or seconds")
  func keyIntervals() throws {
    #expect(try KeyInterval(text: "10s").frames(at: Rational(30_000, 1_001)) == 300)
    #expect(try KeyInterval(text: "0").frames(at: Self.rate) == 0)
    for text in ["", "s", "-1", "0s", "10m"] {
      #expect(throws: EncodingFailure.self) { try KeyInterval(text: text) }
    }
  }

  @Test("cut off what is found, nothing, or what is named and lies in the picture")
  func crops() throws {
    let found = CropFinding(
      area: PictureArea(x: 0, y: 132, width: 1_920, height: 816), reason: "bars")
    #expect(try CropChoice(text: "auto").area(of: 1_920, 1_080, found: found) == found.area)
    #expect(try CropChoice(text: "none").area(of: 1_920, 1_080, found: found) == nil)
    let named = try CropChoice(text: "1920:800:0:140")
    #expect(try named.area(of: 1_920, 1_080, found: found)?.height == 800)
    #expect(throws: EncodingFailure.self) { try named.area(of: 1_280, 720, found: found) }
    for text in ["", "1:2:3", "1921:800:0:0", "8:8:0:0", "1920:800:0:-2", "a:b:c:d"] {
      #expect(throws: EncodingFailure.self) { try CropChoice(text: text) }
    }
  }

  @Test("take key=value for the encoder, and nothing that could be two")
  func pairs() throws {
    #expect(try EncodeSettings.parameter("tune=1") == .init("tune", "1"))
    for text in ["", "a", "=1", "a=", "a=1:b=2", "a=1 "] {
      #expect(throws: EncodingFailure.self) { try EncodeSettings.parameter(text) }
    }
  }

  @Test("search 93, or 95 in HDR, where the program can measure, and nothing at a fixed CRF")
  func goals() throws {
    let able = FFmpegProgram(
      path: "/usr/bin/ffmpeg", version: "9", encoderVersion: "4.2.0", metrics: [.vmaf],
      takesQuarters: true)
    let unable = FFmpegProgram(
      path: "/usr/bin/ffmpeg", version: "5", encoderVersion: "1.4.1", metrics: [],
      takesQuarters: false)
    var asked = EncodeSettings()
    #expect(try asked.goal(isHDR: false, program: able)?.target == 93)
    #expect(try asked.goal(isHDR: true, program: able)?.target == 95)
    var whole = EncodeSettings()
    whole.mode = .standard
    #expect(try whole.goal(isHDR: false, program: able) == nil)
    whole.target = 90
    #expect(try whole.goal(isHDR: false, program: able)?.target == 90)
    #expect(try asked.goal(isHDR: false, program: unable) == nil)
    asked.target = 90
    #expect(throws: EncodingFailure.self) { try asked.goal(isHDR: false, program: unable) }
    asked.target = nil
    asked.crf = CRFByWidth(sd: 20, hd: 20, uhd: 20)
    #expect(try asked.goal(isHDR: false, program: able) == nil)
  }
}
