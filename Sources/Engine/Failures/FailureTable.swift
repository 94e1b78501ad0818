import Blobs
import Compression
import EmbeddedMetadata
import Encoding
import FFmpegTool
package import Foundations
import HTTPClient
import Library
import Media
import MediaOutput
import Model
import Pictures
import Runs
import SQLite

/// Every failure code of the program, for the table of errors in the documents.
package enum FailureTable {
  /// The codes, in no order; a tidy test holds that none is left out.
  package static let codes: [FailureCode] = [
    .outputBadArray, .outputBadShape, .outputBadValue, .outputCheckFailed, .outputEmpty,
    .outputUnfitting, .outputUnknownCodec, .pictureOutOfMemory, .pictureTooLarge,
    .toolFailed, .toolHung, .toolMissing, .toolNonsense, .toolUnequal, .toolUnknownParameter,
    .encodingBadSetting, .encodingNoFilm, .encodingCannotHold, .encodingNeedsChoice,
    .encodingCheckFailed, .encodingPoison, .encodingFilmChanged, .encodingPictureChanges,
    .blobBadRange, .blobChanged, .blobDamaged, .blobDiscarded, .blobIDMalformed, .blobNotFound,
    .blobSourceKept, .blobStoreAbsent, .blobStoreSplit, .blobTooLarge, .blobUnexpected,
    .badMediaSetting, .circuitOpen, .commitClosed, .compressionDamaged, .compressionOutOfMemory,
    .compressionSizeChanged, .compressionTooLarge, .configurationFlag, .configurationInvalid,
    .containerCannotHold, .databaseBusy, .databaseClosed, .databaseColumn, .databaseConstraint,
    .databaseCorrupt, .databaseForeign, .databaseForeignKey, .databaseFull, .databaseIO,
    .databaseMemory, .databaseMigration, .databaseMissing, .databaseNewer, .databaseNotOpened,
    .databaseOnNetwork, .databaseReadOnly, .databaseStatement, .databaseTooBig, .databaseUnique,
    .deadlinePassed, .diskFull, .encodingFailed, .fileBusy, .fileDenied,
    .fileElsewhere, .fileExists, .fileIsFolder, .fileLoop, .fileNotDurable, .fileNotFolder,
    .fileNotFound, .fileNotPlain, .fileReadOnly, .fileTooLarge, .filesExhausted,
    .httpBadAnswer, .httpBadHeader, .httpBadURL, .httpBroken, .httpBusy, .httpLibraryMissing,
    .httpRefused, .httpStatus, .httpTLS, .httpTimeout, .httpTooLarge, .httpUnresolved,
    .noticeBadSetting, .noticeNotDelivered,
    .folderNotEmpty, .folderTooDeep, .idMalformed, .inputOutput, .jsonMalformed, .jsonTooDeep,
    .jsonTooLarge, .jobBadInput, .jobStuck, .jobUnknownKind, .laneExhausted, .libavMissing,
    .mediaDamaged, .mediaEmpty,
    .mediaNotSupported, .mediaOutOfMemory, .mediaOutOfOrder, .mediaReachesOut, .mediaTruncated,
    .metadataDamaged, .metadataNone, .metadataNotJSON, .metadataNotVerified, .metadataTooLarge,
    .metadataUnsupported,
    .jobBadTransition, .jobBadValue, .jobChildLost, .jobConflict, .jobLeaseLost, .jobNotFound,
    .jobPoison, .jobTooLarge,
    .modelBadCursor, .modelBadJournal, .modelBadValue, .modelBadWorkflow, .modelConflict,
    .modelIDMalformed, .modelJournalAhead, .modelNotFound, .modelReferenced,
    .muxingFailed, .nameTooLong, .nameUnsafe, .noDecoder, .noEncoder, .noStream, .notMedia,
    .outputBroken, .pathEscapes, .processBadArgument, .processBadFolder, .processDeadline,
    .processExhausted, .processFailed, .processInputClosed, .processKilled, .processLost,
    .processNotExecutable, .processNotFound, .processNotStarted, .processOutputLimit,
    .runArchived, .runBadValue, .runDamaged, .runDeleted, .runExists, .runFileNotFound,
    .runNotArchived, .runNotCatalogued, .runNotDeleted, .runNotFound, .runNotOne,
    .runUnfitContent,
    .queueClosed, .stopped, .threadRefused, .unexpected, .usageBadValue, .usageConflict,
    .usageMissingArgument, .usageMissingCommand, .usageMissingOption, .usageMissingValue,
    .usageRepeatedOption, .usageTooManyArguments, .usageUnexpectedValue, .usageUnknownCommand,
    .usageUnknownOption,
    .libraryAbsent, .libraryBadBackup, .libraryBadBase64, .libraryBadName, .libraryBadPlace,
    .libraryEmpty, .libraryForeign, .libraryHTML, .libraryIndexEmpty, .libraryIndexMissing,
    .libraryIsFolder, .libraryNewer,
    .libraryOccupied, .libraryQuota,
  ]

  /// `docs/errors.md`: kinds with their statuses, then the codes in alphabetical order.
  package static var markdown: String {
    var text = """
      # Errors

      Made from the table in the program; rewritten by `RECORD=1 ./test --filter FailureTable`.

      An error has a code that never changes its meaning, a message that names the thing, and often a hint.
      On the command line it is `error[code]: message` and `hint: …` on standard error; with `--json` the
      same as `{"error": {"code", "message", "hint"}}`. The code's kind decides the exit status and the HTTP
      status; a few codes have a finer HTTP status of their own.

      | kind | exit | HTTP |
      |---|---|---|

      """
    for kind in FailureKind.allCases {
      text += "| \(kind.rawValue) | \(kind.exitStatus) | \(kind.httpStatus) |\n"
    }
    text += "\n| code | kind | HTTP | meaning |\n|---|---|---|---|\n"
    for code in codes.sorted(by: { $0.name < $1.name }) {
      text += "| `\(code.name)` | \(code.kind.rawValue) | \(code.httpStatus) | \(code.summary) |\n"
    }
    return text
  }
}
