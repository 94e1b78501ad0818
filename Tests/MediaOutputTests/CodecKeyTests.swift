import MediaOutput
import Testing

@Suite("Codec keys")
struct CodecKeyTests {
  @Test("every key that is named to users is known", arguments: VideoCodec.examples)
  func video(key: String) throws { #expect(try VideoCodec(key: key).description == key) }

  @Test("every picture quality that is named to users is known", arguments: ImageCodec.examples)
  func image(key: String) throws { #expect(try ImageCodec(key: key).description == key) }

  @Test(
    "a key that there is not is refused with those that there are",
    arguments: ["libx264", "libx265_99", "av1_", "h264", "", "jpeg_95"])
  func unknown(key: String) {
    let failure = #expect(throws: MediaOutputFailure.self) { try VideoCodec(key: key) }
    #expect(failure?.code == .outputUnknownCodec)
    #expect(failure?.hint?.contains("libx264_8") == true)
  }
}
