import Foundations
import Testing

@Suite("Failures")
struct FailureTests {
  private struct Sample: Failure {
    var code = FailureCode("sample.broken", .badMedia, "A sample.")
    var message = "the sample is broken"
    var hint: String? = "mend it"
    var cause: (any Error)?
  }

  private struct Foreign: Error {}

  @Test("a failure shows its code and message on one line")
  func describesItself() {
    #expect("\(Sample())" == "sample.broken: the sample is broken")
  }

  @Test("every surface shows the same three members")
  func json() {
    #expect(
      Sample().json.text()
        == #"{"code":"sample.broken","message":"the sample is broken","hint":"mend it"}"#)
    #expect(Sample(hint: nil).json["hint"] == .null)
  }

  @Test("the chain goes from the outermost failure to the first cause")
  func chain() {
    let inner = Sample(message: "inner", cause: Foreign())
    let chain = Sample(message: "outer", cause: inner).chain
    #expect(chain.count == 3)
    #expect((chain[0] as? Sample)?.message == "outer")
    #expect((chain[1] as? Sample)?.message == "inner")
    #expect(chain[2] is Foreign)
  }

  @Test("an error that is a failure stays what it is; any other becomes an internal one")
  func asFailure() {
    #expect((Sample() as any Error).asFailure.code.name == "sample.broken")
    #expect((CancellationError() as any Error).asFailure.kind == .cancelled)
    let wrapped = (Foreign() as any Error).asFailure
    #expect(wrapped.code == .unexpected)
    #expect(wrapped.kind == .internalError)
    #expect(wrapped.cause is Foreign)
  }

  @Test("codes are one when their names are")
  func codesCompareByName() {
    #expect(FailureCode("a.b", .usage, "One.") == FailureCode("a.b", .denied, "Other."))
    #expect(FailureCode("a.b", .usage, "One.") != FailureCode("a.c", .usage, "One."))
    #expect(FailureCode("a.b", .usage, "One.", httpStatus: 413).httpStatus == 413)
  }

  @Test(
    "every kind has its exit status and HTTP status",
    arguments: [
      (.usage, 64, 400), (.badMedia, 65, 422), (.notFound, 66, 404), (.conflict, 73, 409),
      (.cancelled, 130, 409), (.unavailable, 75, 503), (.denied, 77, 403),
      (.configuration, 78, 500),
      (.internalError, 70, 500), (.brokenPipe, 0, 499),
    ] as [(FailureKind, Int32, Int)])
  func statuses(kind: FailureKind, exit: Int32, http: Int) {
    #expect(kind.exitStatus == exit)
    #expect(kind.httpStatus == http)
    #expect(FailureCode("a", kind, "A.").httpStatus == http)
  }
}
