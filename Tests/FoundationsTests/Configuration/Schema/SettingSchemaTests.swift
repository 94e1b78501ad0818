import Foundations
import Testing

@Suite("The table of settings")
struct SettingSchemaTests {
  private let schema = SampleSettings.schema

  @Test("every setting has a variable, and every variable its setting")
  func variables() {
    #expect(schema.variable(for: SampleSettings.parallelJobs.spec) == "MEDIARY_PARALLEL_JOBS")
    #expect(schema.variable(for: SampleSettings.secret.spec) == "MEDIARY_S3_SECRET_KEY")
    for spec in schema.specs {
      #expect(schema.spec(forVariable: schema.variable(for: spec)) == spec)
      #expect(schema.spec(named: spec.name) == spec)
    }
    #expect(schema.spec(forVariable: "MEDIARY_HOME") == nil)
    #expect(schema.isKnown(variable: "MEDIARY_HOME") && schema.isKnown(variable: "MEDIARY_CONFIG"))
  }

  @Test("a name tells its table and its key")
  func names() {
    #expect(SampleSettings.listen.spec.table == "server")
    #expect(SampleSettings.listen.spec.key == "listen")
    #expect(SampleSettings.quality.spec.table == "")
    #expect(schema.isTable("server") && !schema.isTable("serve") && !schema.isTable("quality"))
  }

  @Test("mistakes in the table stop the program")
  func mistakes() async {
    let whole = SettingType.whole(1...8)
    await #expect(processExitsWith: .failure) {
      _ = SettingSchema([SettingKey("Jobs", .whole(1...8), default: 1, help: "").spec])
    }
    await #expect(processExitsWith: .failure) {
      _ = SettingSchema([SettingKey("jobs", .whole(1...8), default: 9, help: "").spec])
    }
    await #expect(processExitsWith: .failure) {
      let key = SettingKey("jobs", .whole(1...8), default: 1, help: "")
      _ = SettingSchema([key.spec, key.spec])
    }
    await #expect(processExitsWith: .failure) {
      _ = SettingSchema([
        SettingKey("server", .bool, default: true, help: "").spec,
        SettingKey("server.listen", .bool, default: true, help: "").spec,
      ])
    }
    await #expect(processExitsWith: .failure) {
      _ = SettingSchema([
        SettingKey("server_listen", .bool, default: true, help: "").spec,
        SettingKey("server.listen", .bool, default: true, help: "").spec,
      ])
    }
    await #expect(processExitsWith: .failure) {
      _ = SettingSchema([SettingKey("config", .bool, default: true, help: "").spec])
    }
    #expect(SettingSchema([SettingKey("jobs", whole, default: 1, help: "").spec]).specs.count == 1)
  }
}
