import Foundations
import TestSupport
import Testing

@Suite("Circuits")
struct CircuitTests {
  private let limits = Circuit.Limits(
    failures: 3, window: .seconds(10), pause: .seconds(30))

  @Test("enough failures within the window open it, and it refuses for the pause")
  func opens() throws {
    var circuit = Circuit(limits)
    for second in [0, 4, 9] {
      #expect(circuit.phase == .closed)
      circuit.fail(try pass(&circuit, at: second), at: .seconds(second))
    }
    #expect(circuit.phase == .open(until: .seconds(39)))
    #expect(circuit.enter(at: .seconds(9)) == .refused(for: .seconds(30)))
    #expect(circuit.enter(at: .milliseconds(38_999)) == .refused(for: .milliseconds(1)))
  }

  @Test("failures further apart than the window do not open it")
  func forgets() throws {
    var circuit = Circuit(limits)
    for second in stride(from: 0, to: 500, by: 5) {
      circuit.fail(try pass(&circuit, at: second), at: .seconds(second))
      #expect(circuit.phase == .closed)
    }
  }

  @Test("after the pause one probe passes, and the others go on being refused")
  func halfOpens() throws {
    var circuit = try opened()
    let probe = try pass(&circuit, at: 30)
    #expect(circuit.phase == .halfOpen)
    #expect(circuit.enter(at: .seconds(31)) == .refused(for: .seconds(29)))
    circuit.succeed(probe)
    #expect(circuit.phase == .closed)
    _ = try pass(&circuit, at: 31)
  }

  @Test("a probe that fails opens it for another pause")
  func opensAgain() throws {
    var circuit = try opened()
    circuit.fail(try pass(&circuit, at: 30), at: .seconds(32))
    #expect(circuit.phase == .open(until: .seconds(62)))
  }

  @Test("after it closed, the old failures count no more")
  func startsAfresh() throws {
    var circuit = try opened()
    circuit.succeed(try pass(&circuit, at: 30))
    for _ in 0..<2 { circuit.fail(try pass(&circuit, at: 31), at: .seconds(31)) }
    #expect(circuit.phase == .closed)
  }

  @Test("results of calls from before it opened change nothing")
  func ignoresLateNews() throws {
    var circuit = Circuit(limits)
    let late = try (0..<4).map { _ in try pass(&circuit, at: 0) }
    for _ in 0..<3 { circuit.fail(try pass(&circuit, at: 0), at: .zero) }
    circuit.succeed(late[0])
    #expect(circuit.phase == .open(until: .seconds(30)))
    let probe = try pass(&circuit, at: 30)
    circuit.succeed(late[1])
    circuit.abandon(late[2])
    #expect(circuit.phase == .halfOpen)
    #expect(circuit.enter(at: .seconds(30)) == .refused(for: .seconds(30)))
    circuit.fail(late[3], at: .seconds(30))
    #expect(circuit.phase == .halfOpen)
    circuit.succeed(probe)
    circuit.fail(probe, at: .seconds(30))
    #expect(circuit.phase == .closed)
  }

  @Test("a probe given up makes room for the next at once; one unheard of, after a pause")
  func replacesProbes() throws {
    var circuit = try opened()
    circuit.abandon(try pass(&circuit, at: 30))
    #expect(circuit.phase == .halfOpen)
    let lost = try pass(&circuit, at: 31)
    #expect(circuit.enter(at: .seconds(60)) == .refused(for: .seconds(1)))
    let next = try pass(&circuit, at: 61)
    circuit.fail(lost, at: .seconds(62))
    #expect(circuit.phase == .halfOpen)
    circuit.succeed(next)
    #expect(circuit.phase == .closed)
  }

  @Test("whatever happens, half open has at most one probe and open refuses all")
  func invariants() throws {
    try property("circuit invariants", times: 300) { generator in
      var circuit = Circuit(limits)
      var now = Duration.zero
      var passes: [Circuit.Pass] = []
      for _ in 0..<80 {
        now += .milliseconds(Int.random(in: 0...20_000, using: &generator))
        let before = circuit.phase
        switch circuit.enter(at: now) {
        case .pass(let pass):
          if case .open(let until) = before { #expect(now >= until) }
          if circuit.phase == .halfOpen {
            guard case .refused = circuit.enter(at: now) else {
              Issue.record("two probes at once")
              return
            }
          }
          passes.append(pass)
        case .refused(let wait):
          #expect(wait > .zero && wait <= limits.pause)
          #expect(circuit.phase != .closed)
        }
        guard !passes.isEmpty, Bool.random(using: &generator) else { continue }
        let pass = passes.remove(at: .random(in: passes.indices, using: &generator))
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: circuit.succeed(pass)
        case 1: circuit.abandon(pass)
        default: circuit.fail(pass, at: now)
        }
      }
    }
  }

  private struct Refused: Error {}

  private func pass(_ circuit: inout Circuit, at second: Int) throws -> Circuit.Pass {
    guard case .pass(let pass) = circuit.enter(at: .seconds(second)) else { throw Refused() }
    return pass
  }

  /// A circuit that opened at second 0.
  private func opened() throws -> Circuit {
    var circuit = Circuit(limits)
    for _ in 0..<3 { circuit.fail(try pass(&circuit, at: 0), at: .zero) }
    return circuit
  }
}
