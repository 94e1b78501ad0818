import Foundations
import Testing

@Suite("The configuration, shown")
struct ConfigurationTests {
  private let schema = SampleSettings.schema

  @Test("values are shown as they would be written; secrets only as set or not")
  func shownValues() throws {
    let configuration = try SampleSettings.load("s3.secret_key = 'HUSH'\ncache_size = '5GB'")
    #expect(configuration["cache_size"]?.shownValue == "\"5GB\"")
    #expect(configuration["s3.secret_key"]?.shownValue == "(set)")
    #expect(configuration["temp_dir"]?.shownValue == "(not set)")
    #expect(configuration["parallel_jobs"]?.shownValue == "4")
    #expect(configuration[SampleSettings.secret] == "HUSH")
    #expect(!configuration.json(schema).text().contains("HUSH"))
  }

  @Test("the JSON has everything that is known of a setting")
  func json() throws {
    let configuration = try SampleSettings.load("parallel_jobs = 2")
    let json = configuration.json(schema)
    #expect(json.array?.count == schema.specs.count)
    #expect(json[0]?["origin"]?["layer"] == "file")
    #expect(json[0]?["origin"]?["line"] == 1)
    #expect(json[0]?["value"] == 2)
    #expect(json[0]?["default"] == 4)
    #expect(json[0]?["default_note"] == "half of the cores")
    #expect(json[0]?["type"] == "integer")
    #expect(json[0]?["minimum"] == "1" && json[0]?["maximum"] == "8")
    #expect(json[0]?["environment"] == "MEDIARY_PARALLEL_JOBS")
    #expect(json[0]?["flag"] == "--jobs")
    #expect(json[0]?["secret"] == false)
    #expect(json[1]?["choices"] == ["auto", "none", "vaapi"])
    #expect(json[1]?["origin"] == ["layer": "default"])
    #expect(json[2]?["value"] == .null)
  }

  @Test(
    "an origin says what set the value",
    arguments: [
      (.default, "default"), (.file("/etc/m.toml", line: 3), "/etc/m.toml:3"),
      (.environment("MEDIARY_X"), "environment MEDIARY_X"), (.flag("--jobs"), "flag --jobs"),
    ] as [(SettingOrigin, String)])
  func origins(origin: SettingOrigin, expected: String) {
    #expect(origin.description == expected)
  }

  @Test("reading a key that is not in the table stops the program")
  func foreignKeys() async {
    await #expect(processExitsWith: .failure) {
      let foreign = SettingKey("foreign", .bool, default: true, help: "")
      _ = Configuration.defaults(of: SampleSettings.schema)[foreign]
    }
  }
}
