import Foundations
import Testing

@Suite("Shapes of settings")
struct SettingShapeTests {
  @Test(
    "the environment's text is read",
    arguments: [
      ("PARALLEL_JOBS", "8", "8"), ("PARALLEL_JOBS", "+1", "1"),
      ("HARDWARE_ACCEL", "vaapi", #""vaapi""#),
      ("TEMP_DIR", "/tmp/x/", #""/tmp/x""#), ("CACHE_SIZE", "10GB", #""10GB""#),
      ("CACHE_SIZE", "1500000", #""1500kB""#),
      ("SERVER_LISTEN", " [::1]:80 ", #"" [::1]:80 ""#), ("SERVER_TIMEOUT", "90", #""1m30s""#),
      ("SERVER_TIMEOUT", "1h", #""1h""#),
      ("SERVER_ALLOWED_HOSTS", "a, b,c d ,,", #"["a", "b", "c d"]"#),
      ("SERVER_ALLOWED_HOSTS", " , ", "[]"),
      ("SERVER_CORS", "true", "true"), ("SERVER_CORS", "Yes", "true"),
      ("SERVER_CORS", "ON", "true"), ("SERVER_CORS", "1", "true"),
      ("SERVER_CORS", "0", "false"), ("SERVER_CORS", "off", "false"),
      ("SERVER_CORS", "no", "false"), ("SERVER_CORS", "False", "false"),
      ("QUALITY", "95", "95.0"), ("QUALITY", "9.5e1", "95.0"),
    ])
  func readsText(variable: String, text: String, expected: String) throws {
    let configuration = try SampleSettings.load("") {
      $0.environment = ["MEDIARY_\(variable)": text]
    }
    let setting = try #require(configuration.settings.first { $0.origin != .default })
    #expect(setting.value?.text == expected)
    #expect(setting.origin == .environment("MEDIARY_\(variable)"))
  }

  @Test(
    "text that is no such value is refused",
    arguments: [
      ("PARALLEL_JOBS", "0"), ("PARALLEL_JOBS", "9"), ("PARALLEL_JOBS", "two"),
      ("PARALLEL_JOBS", "2.0"), ("PARALLEL_JOBS", "99999999999999999999"),
      ("HARDWARE_ACCEL", "Auto"), ("CACHE_SIZE", "10"), ("CACHE_SIZE", "1TB"),
      ("CACHE_SIZE", "ten"), ("CACHE_SIZE", "-1GB"),
      ("SERVER_TIMEOUT", "0s"), ("SERVER_TIMEOUT", "2h"), ("SERVER_TIMEOUT", "soon"),
      ("SERVER_CORS", "maybe"), ("SERVER_CORS", "2"),
      ("QUALITY", "nan"), ("QUALITY", "inf"), ("QUALITY", "0x10"), ("QUALITY", "100.01"),
      ("QUALITY", "-1"), ("QUALITY", "1,5"),
    ])
  func refusesText(variable: String, text: String) throws {
    let failure = try SampleSettings.failure("") { $0.environment = ["MEDIARY_\(variable)": text] }
    #expect(failure?.problems.map(\.place) == [.environment("MEDIARY_\(variable)")])
    #expect(failure?.message.contains(text) == true)
  }

  @Test(
    "a file's value is read",
    arguments: [
      ("parallel_jobs = 0x3", "3"), ("hardware_accel = 'none'", #""none""#),
      ("cache_size = 2_000_000", #""2MB""#),
      ("cache_size = \"1.5 GB\"", #""1500MB""#), ("server.timeout = 5", #""5s""#),
      ("server.timeout = \"250ms\"\nserver.cors = true", nil),
      ("server.allowed_hosts = []", "[]"),
      ("[server]\nallowed_hosts = [\n'a',\n'b', # b\n]", #"["a", "b"]"#), ("quality = 7", "7.0"),
      ("server = { listen = ':80' }", #"":80""#),
    ] as [(String, String?)])
  func readsFiles(text: String, expected: String?) throws {
    guard let expected else {
      #expect(try SampleSettings.failure(text) != nil)
      return
    }
    let setting = try #require(SampleSettings.load(text).settings.first { $0.origin != .default })
    #expect(setting.value?.text == expected)
  }

  @Test(
    "what is expected is said with its range",
    arguments: [
      (SettingShape.whole(1...8), "a whole number from 1 to 8"),
      (.whole(1...Int.max), "a whole number of at least 1"),
      (.whole(Int.min...5), "a whole number of at most 5"),
      (.whole(Int.min...Int.max), "a whole number"),
      (.number(0...1), "a number from 0.0 to 1.0"),
      (.number(-Double.infinity...Double.infinity), "a number"),
      (.choice(["a", "b"]), #"one of "a", "b""#), (.path, "a path"), (.list, "a list of texts"),
      (.bool, "true or false"), (.text, "a text"),
      (
        .size(ByteSize.megabytes(1)...ByteSize(bytes: .max)),
        #"a size of at least 1MB, such as "10GB" or "512MiB""#
      ),
      (.duration(.zero...Duration.longest), #"a duration, such as "30s" or "1h30m""#),
      (
        .duration(.seconds(1)...Duration.seconds(60)),
        #"a duration from 1s to 1m, such as "30s" or "1h30m""#
      ),
    ] as [(SettingShape, String)])
  func expectations(shape: SettingShape, expected: String) {
    #expect(shape.expectation == expected)
  }
}
