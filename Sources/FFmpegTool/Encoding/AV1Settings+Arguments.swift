import Foundations

extension AV1Settings {
  /// Everything SVT-AV1 is told, in its own words: "crf=25.25:keyint=240:tune=0:lp=2".
  ///
  /// Its own parameter is the one way in which a CRF can be told in quarters, and 0 at all.
  func parameterText(threads: Int?) -> String {
    var pairs = [("crf", crfText), ("keyint", keyIntervalText)]
    pairs += parameters.map { ($0.key, $0.value) }
    if let threads { pairs.append(("lp", "\(threads)")) }
    return pairs.map { "\($0)=\($1)" }.joined(separator: ":")
  }

  var keyIntervalText: String { keyInterval > 0 ? "\(keyInterval)" : "-1" }

  var crfText: String {
    let fraction = ["", ".25", ".5", ".75"][crfQuarters & 3]
    return "\(crfQuarters >> 2)\(fraction)"
  }

  /// The encoder's options, without where the frames come from and where the film goes.
  func arguments(threads: Int?, pixelFormat: String) -> [ChildArgument] {
    [
      "-c:v", "libsvtav1", "-preset", "\(preset)", "-pix_fmt", "\(pixelFormat)",
      // What the encoder does not know is an error and no mere warning.
      "-err_detect", "explode", "-svtav1-params", "\(parameterText(threads: threads))",
    ]
  }
}
