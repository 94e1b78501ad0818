import Encoding
import Foundation
import Foundations
import Media
import TestSupport
import Testing

@Suite("The report page", .timeLimit(.minutes(2)))
struct ReportPageTests {
  private static func report(_ name: String = "film.mkv") -> EncodeReport {
    let scores = (0..<90).map { 95 - Double($0 % 30) / 5 }
    var report = EncodeReport(
      input: FilePath("in/" + name), output: FilePath("out/" + name), sizeBefore: 10_000_000,
      sizeAfter: 2_500_000, durationSeconds: 3.6, seconds: 12, encoder: "SVT-AV1 4.2.0",
      parameters: [EncodeReport.Parameter("preset", "6"), EncodeReport.Parameter("note", name)],
      vmaf: EncodeReport.Score(scores),
      segments: (0..<3).map { index in
        SegmentReport(
          index: index, frames: index * 30..<index * 30 + 30, crf: 30.25 + Double(index),
          vmaf: 92, sizeBytes: 100_000 * Int64(index + 1), encodes: 1,
          scores: Array(scores[index * 30..<index * 30 + 30]))
      },
      checks: [
        OutputCheck("frames", expected: "90", found: "90"),
        OutputCheck("tags", expected: name, found: "none"),
      ])
    report.target = 93
    report.warnings = ["something about \(name)"]
    return report
  }

  private static func page(_ report: EncodeReport, pairs: Int = 2) -> String {
    let table = FrameTable(
      timebase: Rational(1, 25), ticks: (0..<90).map { Int64($0) }, lastDuration: 1, entries: [])
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xD9]
    return ReportPage(
      report, table: table,
      pairs: (0..<pairs).map {
        FramePair(
          frame: 29 + 30 * $0, score: 89.2, source: jpeg, encode: jpeg + [1], width: 160,
          height: 96, isToneMapped: false)
      }, made: Timestamp(microseconds: 1_700_000_000_000_000)
    ).html
  }

  /// What a strict reader finds: the words, the elements that are named, and every address.
  private func read(_ page: String) throws -> (text: String, tags: [String: Int], links: [String]) {
    let folder = try TemporaryFolder()
    try folder.write("page.html", page.utf8)
    let run = try CommandRun("/usr/bin/python3", ["-c", Self.reader, folder("page.html")])
    try #require(run.status == 0, "\(run.stderr)")
    let answer = try #require(try run.jsonLines().first)
    return (
      try #require(answer["text"] as? String), try #require(answer["tags"] as? [String: Int]),
      try #require(answer["links"] as? [String])
    )
  }

  // As XML, which forgives nothing; and as HTML, as browsers see it.
  private static let reader = """
    import collections, html.parser, json, sys, xml.etree.ElementTree as tree
    page = open(sys.argv[1], encoding='utf-8').read()
    tags, links = collections.Counter(), []
    root = tree.fromstring(page)
    for node in root.iter():
        tags[node.tag.split('}')[-1]] += 1
        for name, value in node.attrib.items():
            assert not name.startswith('on'), name
            if name in ('src', 'href', 'action', 'data'): links.append(value)
    class Reader(html.parser.HTMLParser):
        seen = collections.Counter()
        def handle_starttag(self, tag, attributes): self.seen[tag] += 1
    reader = Reader()
    reader.feed(page)
    assert reader.seen['script'] == tags['script'] == 1, reader.seen
    assert reader.seen['img'] == tags['img']
    print(json.dumps({'text': ' '.join(root.itertext()), 'tags': tags, 'links': links}))
    """

  @Test("holds the figures, a chart of each kind, and every pair")
  func whole() throws {
    let (text, tags, links) = try read(Self.page(Self.report()))
    for word in [
      "film.mkv", "2.5 MB", "75.0% saved", "target 93", "CRF", "30.25", "1 of 2", "SVT-AV1 4.2.0",
      "VMAF of each frame", "VMAF of each segment", "Bits of each segment", "The worst moments",
      "89.20", "frame 59", "3 segments", "something about film.mkv",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(tags["svg"] == 3 && tags["img"] == 4 && tags["input"] == 2)
    #expect(
      links.allSatisfy { $0.hasPrefix("data:image/jpeg;base64,") || $0.hasPrefix("#moment-") })
    #expect(links.contains("data:image/jpeg;base64,/9j/2Q=="))
    #expect(links.contains("data:image/jpeg;base64,/9j/2QE="))
  }

  @Test("of a film with a hostile name is a page about a film with an odd name")
  func hostile() throws {
    let name = "</title><script>alert('1')</script> \"&amp;\u{202E}\u{1B}[2J onload='x'.mkv"
    let (text, tags, links) = try read(Self.page(Self.report(name)))
    #expect(text.contains("script>alert('1')"))
    #expect(!text.contains("\u{202E}") && !text.contains("\u{1B}"))
    #expect(tags["script"] == 1 && tags["title"] == 1 + 6)
    #expect(!links.contains { $0.contains("alert") })
  }

  @Test("stands without measurement and without pictures, too")
  func bare() throws {
    var report = Self.report()
    report.vmaf = nil
    report.target = nil
    report.segments = report.segments.map {
      SegmentReport(
        index: $0.index, frames: $0.frames, crf: 30, vmaf: nil, sizeBytes: 1_000, encodes: 1)
    }
    let (text, tags, _) = try read(Self.page(report, pairs: 0))
    #expect(text.contains("CRF 30") && text.contains("was not measured"))
    #expect(tags["svg"] == 1 && tags["img"] == nil)
  }

  @Test("a plot of scores is a drawing by itself", arguments: [1, 2, 50, 5_000])
  func plot(count: Int) throws {
    let plot = ScorePlot(
      title: "a <film> & more", metric: "VMAF", scores: (0..<count).map { 90 + Double($0 % 7) },
      duration: count > 2 ? Double(count) / 25 : nil)
    let folder = try TemporaryFolder()
    try folder.write("plot.svg", plot.svg.utf8)
    let script = """
      import sys, xml.etree.ElementTree as tree
      print(tree.parse(sys.argv[1]).getroot().find('{http://www.w3.org/2000/svg}title').text)
      """
    let run = try CommandRun("/usr/bin/python3", ["-c", script, folder("plot.svg")])
    #expect(run.stdout == "a <film> & more\n", "\(run.stderr)")
  }
}

@Suite("The worst moments")
struct WorstMomentsTests {
  @Test("are the worst frame of each of the worst segments, worst first")
  func segments() {
    let segments = (0..<10).map { index -> (frames: Range<Int>, scores: [Double]) in
      var scores = [Double](repeating: 95, count: 100)
      scores[40] = 80 + Double((index * 7) % 10)
      scores[41] = scores[40] + 0.1
      return (index * 100..<index * 100 + 100, scores)
    }
    #expect(WorstMoments.pick(4, of: segments) == [40, 340, 640, 940])
  }

  @Test("of one long segment lie apart")
  func apart() {
    let scores = (0..<2_400).map { 90 + 5 * Double(abs($0 - 1_200)) / 1_200 }
    let picked = WorstMoments.pick(6, of: [(0..<2_400, scores)])
    #expect(picked.count == 6 && picked.first == 1_200)
    let sorted = picked.sorted()
    #expect(zip(sorted.dropFirst(), sorted).allSatisfy { $0 - $1 >= 100 })
  }

  @Test("of a film that was not measured, or has few frames, are spread over it")
  func spread() {
    #expect(WorstMoments.pick(3, of: [(0..<600, [])]) == [100, 300, 500])
    #expect(WorstMoments.pick(6, of: [(0..<1, [])]) == [0])
    #expect(WorstMoments.pick(6, of: [(0..<3, [90, 80, 95])]) == [1])
    #expect(WorstMoments.pick(6, of: []) == [])
  }
}

@Suite("Frame pairs", .timeLimit(.minutes(2)))
struct FramePairTests {
  @Test("show the same moment on both sides, whatever container the output is in")
  func moments() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film(
      "a.mp4", in: folder, size: "160x96", frames: 60,
      ["-c:v", "libx264", "-preset", "veryfast", "-g", "20", "-bf", "2", "-pix_fmt", "yuv420p"])
    let copy = try ClipCommand.make("b.mkv", in: folder, ["-i", path.text, "-c", "copy"])
    let film = try Film.open(path)
    let analysis = try FilmAnalyser(threads: 1).analyse(film)
    let pairs = try FramePairs(
      film, analysis, as: FrameForm(area: nil, format: .yuv420p), encoded: copy, stop: StopFlag()
    ).take([59, 0, 33]) { Double($0) }
    #expect(pairs.map(\.frame) == [59, 0, 33])
    #expect(pairs.allSatisfy { $0.source == $0.encode && $0.width == 160 && $0.height == 96 })
    #expect(Set(pairs.map(\.source)).count == 3)
    #expect(pairs.map(\.score) == [59, 0, 33])
  }
}
