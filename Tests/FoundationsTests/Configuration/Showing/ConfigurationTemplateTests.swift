import Foundations
import TestSupport
import Testing

@Suite("The commented configuration file")
struct ConfigurationTemplateTests {
  private let text = ConfigurationTemplate(SampleSettings.schema).text

  @Test("as it stands, it sets nothing and is right")
  func setsNothing() throws {
    let configuration = try SampleSettings.load(text)
    #expect(configuration.settings.allSatisfy { $0.origin == .default })
  }

  @Test("with every setting's # taken away, it is right and says the defaults")
  func saysTheDefaults() throws {
    let live = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#" ? line.dropFirst() : line
    }
    let configuration = try SampleSettings.load(live.joined(separator: "\n"))
    for setting in configuration.settings {
      guard case .file = setting.origin else {
        Issue.record("\(setting.spec.name) is not in the file")
        continue
      }
      #expect(setting.value == setting.spec.defaultValue ?? setting.spec.example)
    }
  }

  @Test("every setting is explained with its help, type, range, default, variable and flag")
  func explains() {
    #expect(
      text.contains(
        """

        # How many jobs run side by side.
        # A whole number from 1 to 8; default 4 (half of the cores).
        # Or MEDIARY_PARALLEL_JOBS in the environment, or --jobs.
        #parallel_jobs = 4

        """))
    #expect(
      text.contains(
        """

        [s3]

        # The key.
        # A text; not set by default.
        # Or MEDIARY_S3_SECRET_KEY in the environment.
        # A secret: better in the environment than in a file others can read.
        #secret_key = "…"

        """))
  }

  @Test("settings without a table stand above the first one")
  func order() throws {
    let first = try #require(text.firstRange(of: "\n["))
    let last = try #require(text.firstRange(of: "#quality ="))
    #expect(last.lowerBound < first.lowerBound)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }
}
