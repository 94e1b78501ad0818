import Media
import Testing

@Suite("Colours") struct ColourTests {
  @Test("names are ffprobe's, and nothing where nothing is said")
  func names() {
    #expect(Colour.bt709.matrixName == "bt709")
    #expect(Colour.bt709.rangeName == "tv")
    #expect(Colour.bt709.chromaLocationName == "left")
    #expect(Colour.bt2020PQ.matrixName == "bt2020nc")
    #expect(Colour.bt2020PQ.transferName == "smpte2084")
    #expect(Colour.sRGB.matrixName == "gbr")
    #expect(Colour.sRGB.rangeName == "pc")
    let nothing = Colour.unspecified
    #expect(nothing.matrixName == nil && nothing.primariesName == nil)
    #expect(nothing.transferName == nil && nothing.rangeName == nil)
    #expect(nothing.chromaLocationName == nil)
  }

  @Test("a colour can be put together from its names")
  func fromNames() {
    #expect(
      Colour(
        matrix: "bt709", primaries: "bt709", transfer: "bt709", range: "tv", chromaLocation: "left")
        == .bt709)
    #expect(Colour() == .unspecified)
    #expect(Colour(matrix: "bt2020nc")?.primariesName == nil)
    #expect(Colour(matrix: "nosuch") == nil)
    #expect(Colour(range: "wide") == nil)
  }

  @Test("what is open is taken from the other, and what is said stays")
  func completion() {
    #expect(Colour.unspecified.completed(by: .bt709) == .bt709)
    #expect(Colour.bt601.completed(by: .bt709) == .bt601)
    let half = Colour(matrix: "smpte170m")?.completed(by: .bt709)
    #expect(half?.matrixName == "smpte170m")
    #expect(half?.primariesName == "bt709")
    #expect(Colour.bt709.inFullRange.inLimitedRange == .bt709)
  }

  @Test("curves of high dynamic range are known")
  func dynamicRange() {
    #expect(Colour.bt2020PQ.isPQ && Colour.bt2020PQ.isHighDynamicRange)
    #expect(Colour(transfer: "arib-std-b67")?.isHLG == true)
    #expect(!Colour.bt709.isHighDynamicRange)
  }
}
