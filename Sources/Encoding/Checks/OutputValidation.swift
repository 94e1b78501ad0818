package import Foundations
import Media

/// Looks at a joined file as anybody else would, and compares it with what was to come out.
///
/// Every packet is read, every frame of the film decoded, and every sound track that was encoded.
package enum OutputValidation {
  /// All checks, in the order they are told; `film` is the source.
  package static func run(
    _ file: FilePath, of joined: JoinedFilm, from film: Film, limits: OutputLimits,
    threads: Int = 1, stop: StopFlag = StopFlag()
  ) throws -> [OutputCheck] {
    let structure = FileStructure.look(at: file)
    let found: OutputContent
    do {
      found = try OutputContent.read(file, of: joined, threads: threads, stop: stop)
    } catch let failure as MediaFailure where failure.kind == .badMedia {
      return [
        OutputCheck("readable", expected: "to the end", found: failure.message, isOK: false)
      ]
    }
    return [OutputCheck("readable", expected: "to the end", found: "to the end")]
      + FilmChecks(joined, film, found, limits).all
      + StructureChecks(joined, found, structure).all
      + SoundChecks(joined, found).all
      + SubtitleChecks(joined, film, found).all
      + ExtrasChecks(joined, found).all
      + [DecodingCheck.check(joined, found)]
      + LimitChecks.all(found, film, limits)
  }
}
