import Foundations

/// The worst moments: each frame as it was and as it became, with a line between them to be moved.
struct PairSection: Sendable {
  let pairs: [FramePair]
  let metric: String
  let seconds: @Sendable (Int) -> Double
  let time: TimeScale

  var markup: Markup {
    guard !pairs.isEmpty else { return .nothing }
    let isMeasured = pairs.contains { $0.score != nil }
    let figures = pairs.enumerated().map { figure($1, number: $0 + 1) }
    let note =
      pairs.contains(where: \.isToneMapped)
      ? " The film is HDR; its light is brought down here to what an ordinary screen shows." : ""
    let told =
      isMeasured
      ? "The worst frame of each of the worst segments. On the left of the line is the source, on the right what it became."
      : "Frames from all over the film. On the left of the line is the source, on the right what it became."
    return """
      <section aria-labelledby="moments"><h2 id="moments">\(isMeasured ? "The worst moments" : "Some moments")</h2>
      <p class="quiet">\(told)\(note)</p>
      <div class="moments">
      \(Markup(figures))
      </div></section>
      """
  }

  private func figure(_ pair: FramePair, number: Int) -> Markup {
    let moment = HumanText.clock(
      .milliseconds(Int((seconds(pair.frame) * 1_000).rounded())), decimals: 2)
    let score = pair.score.map { " · \(metric) \(String($0, decimals: 2))" } ?? ""
    return """
      <figure class="moment" id="moment-\(number)">
      <div class="pair" style="aspect-ratio:\(pair.width)/\(pair.height)">
      <img src="\(uri(pair.encode))" width="\(pair.width)" height="\(pair.height)" alt="frame \(pair.frame) of the encode" loading="lazy"/>
      <img class="source" src="\(uri(pair.source))" width="\(pair.width)" height="\(pair.height)" alt="frame \(pair.frame) of the source" loading="lazy"/>
      <span class="tag left">source</span><span class="tag right">encode</span>
      <i class="divide"></i>
      <input type="range" min="0" max="100" value="50" aria-label="How much of frame \(pair.frame) is shown as the source"/>
      </div>
      <figcaption><b>\(number)</b> \(moment) · frame \(pair.frame)\(score)</figcaption>
      </figure>
      """
  }

  /// Letters that need no escaping, of which there are many.
  private func uri(_ jpeg: [UInt8]) -> Markup {
    Markup(stringLiteral: "data:image/jpeg;base64,\(Base64.encode(jpeg))")
  }
}
