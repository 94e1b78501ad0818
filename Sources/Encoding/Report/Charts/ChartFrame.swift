/// What all charts of the page have in common: a drawing that is stretched to any width, with its
/// labels beside it as text, which is not stretched.
struct ChartFrame: Sendable {
  /// The drawing's own measures; lines are as thick as on the screen, whatever the stretching.
  static let width = 1_000.0
  static let height = 200.0

  let title: String
  /// What it shows, for who cannot see it.
  let description: String
  let time: TimeScale
  /// The labels on the left: how far down, and what they say.
  let labels: [(place: Double, text: String)]
  /// How high the drawing is on the screen.
  let pixels: Int
  /// What stands beside the title.
  var legend: Markup = .nothing
  /// Text over the drawing.
  var notes: Markup = .nothing

  /// The chart with a drawing in it.
  func markup(_ drawing: Markup) -> Markup {
    let lines = labels.map { label -> Markup in
      "<path class=\"grid\" d=\"M0 \(Self.height * label.place)H\(Self.width)\"/>"
    }
    let beside = labels.map { label -> Markup in
      "<span class=\"y\" style=\"top:\(label.place * 100)%\">\(label.text)</span>"
    }
    let below = time.ticks.enumerated().map { place, tick -> Markup in
      let kind = place.isMultiple(of: 2) ? "x" : "x minor"
      return
        "<span class=\"\(kind)\" style=\"left:\(time.place(tick) * 100)%\">\(time.text(tick))</span>"
    }
    return """
      <figure class="chart">
      <figcaption><b>\(title)</b> \(legend)</figcaption>
      <div class="plot" style="height:\(pixels)px">
      <svg viewBox="0 0 \(Self.width) \(Self.height)" preserveAspectRatio="none" role="img" aria-label="\(description)">
      \(Markup(lines))
      \(drawing)
      </svg>
      \(Markup(beside))
      \(notes)
      </div>
      <div class="times" aria-hidden="true">\(Markup(below))</div>
      </figure>
      """
  }
}
