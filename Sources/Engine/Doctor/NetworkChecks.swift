import Foundations
import HTTPClient

/// Whether other machines can be asked, and be known to be who they say.
enum NetworkChecks {
  private static let group = "Network"

  static var all: [Check] { [library, certificates] }

  private static var library: Check {
    let needed = "libcurl 7.87 or newer"
    do throws(HTTPFailure) {
      let version = try CurlLibrary.version()
      return Check(group, "libcurl", ok: true, required: false, found: version, needed: needed)
    } catch {
      return Check(
        group, "libcurl", ok: false, required: false, found: nil, needed: needed,
        hint: "nobody can be told of encodes; apt-get install libcurl4")
    }
  }

  private static var certificates: Check {
    let named = ProcessEnvironment.all["SSL_CERT_FILE"].map { FilePath($0) }
    let file = named ?? (try? CurlLibrary.certificates()) ?? nil
    let isThere = file.map { FileStatus.ifPresent($0)?.kind == .plain } ?? false
    return Check(
      group, "certificates", ok: isThere, required: false,
      found: isThere ? file?.text : nil, needed: "those that are trusted, in a file",
      hint: "no https:// can be asked; apt-get install ca-certificates, or set SSL_CERT_FILE")
  }
}
