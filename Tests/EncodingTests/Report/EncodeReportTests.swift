import Encoding
import Foundations
import Testing

@Suite("The report of an encode")
struct EncodeReportTests {
  @Test("is told in the words of the contract")
  func json() {
    var report = EncodeReport(
      input: "in.mkv", output: "out.mkv", sizeBefore: 1_000, sizeAfter: 250, durationSeconds: 30,
      seconds: 12.5, encoder: "SVT-AV1 4.2.0",
      parameters: [EncodeReport.Parameter("preset", "6")],
      vmaf: EncodeReport.Score(mean: 93.5, fifthPercentile: 90, minimum: 88.25),
      segments: [
        SegmentReport(
          index: 0, frames: 0..<240, crf: 25.5, vmaf: 93.5, sizeBytes: 200, encodes: 1)
      ],
      checks: [OutputCheck("frames", expected: "240", found: "239")])
    report.warnings = ["the source breaks off"]
    let expected = """
      {"input":"in.mkv","output":"out.mkv","size_before":1000,"size_after":250,\
      "duration_seconds":30,"seconds":12.5,"encoder":"SVT-AV1 4.2.0","parameters":{"preset":"6"},\
      "vmaf":{"mean":93.5,"p5":90,"min":88.25},"segments":[{"index":0,"start":0,"end":240,\
      "crf":25.5,"vmaf":93.5,"size_bytes":200,"encodes":1}],"search":null,\
      "checks":[{"name":"frames","expected":"240","found":"239","ok":false}],"warnings":["the source breaks off"]}
      """
    #expect(report.json.text() == expected)
  }

  @Test("puts the scores of frames together")
  func scores() {
    let score = EncodeReport.Score((1...100).reversed().map { Double($0) })
    #expect(score?.mean == 50.5)
    #expect(score?.fifthPercentile == 5)
    #expect(score?.minimum == 1)
    #expect(EncodeReport.Score([]) == nil)
  }
}
