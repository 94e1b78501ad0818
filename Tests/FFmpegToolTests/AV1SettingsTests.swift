import FFmpegTool
import Testing

@Suite("The settings of an encode")
struct AV1SettingsTests {
  @Test("keep a CRF in quarters exactly")
  func quarters() {
    #expect(AV1Settings(crfQuarters: 101, preset: 6, keyInterval: 240).crf == 25.25)
  }
}
