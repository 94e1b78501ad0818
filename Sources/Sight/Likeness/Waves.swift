import Glibc

/// The slow waves that a picture is made of: the first terms of its cosine transform.
///
/// Coding, resizing and small retouches change the fast waves and leave these.
struct Waves {
  /// The side of the pictures that are taken apart.
  static let side = 32
  /// The 64 slowest waves but for the mean, the slowest first.
  private static let chosen: [(down: Int, across: Int)] = {
    var waves: [(down: Int, across: Int)] = []
    for down in 0..<12 {
      for across in 0..<12 where down + across > 0 { waves.append((down, across)) }
    }
    let ordered = waves.sorted {
      let (left, right) = (
        $0.down * $0.down + $0.across * $0.across, $1.down * $1.down + $1.across * $1.across
      )
      return left != right ? left < right : $0.down < $1.down
    }
    return Array(ordered.prefix(64))
  }()
  private static let cosines: [[Double]] = (0..<12).map { wave in
    (0..<side).map { cos(Double.pi * Double(wave) * (Double($0) + 0.5) / Double(side)) }
  }

  /// How strong each chosen wave is.
  let strengths: [Double]

  /// Takes a picture of `side` values a side apart.
  init(of picture: GrayPicture) {
    precondition(picture.side == Self.side, "waves are counted in pictures of one size")
    // Rows first: twelve numbers for each.
    var rows = [Double](repeating: 0, count: Self.side * 12)
    for row in 0..<Self.side {
      for wave in 0..<12 {
        var sum = 0.0
        for column in 0..<Self.side {
          sum += picture.values[row * Self.side + column] * Self.cosines[wave][column]
        }
        rows[row * 12 + wave] = sum
      }
    }
    strengths = Self.chosen.map { wave in
      var sum = 0.0
      for row in 0..<Self.side {
        sum += rows[row * 12 + wave.across] * Self.cosines[wave.down][row]
      }
      return sum
    }
  }

  /// Whether there is something to be seen at all: in an even picture the waves are chance.
  var isEven: Bool {
    let energy = strengths.reduce(0) { $0 + $1 * $1 }
    return energy / Double(Self.side * Self.side) < 600
  }

  /// A bit for each wave: whether it begins high or low.
  var bits: UInt64 {
    var bits: UInt64 = 0
    for (place, strength) in strengths.enumerated() where strength > 0 {
      bits |= 1 << UInt64(place)
    }
    return bits
  }
}
