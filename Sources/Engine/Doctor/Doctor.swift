package import Foundations
import Media

/// Looks at everything Mediary stands on, and says what works without what is missing.
package struct Doctor: Sendable {
  private let home: FilePath
  private let temporaryFolder: FilePath
  private let hardware: String
  private let tools: ExternalTools

  /// A doctor for an installation: its library folder, its temporary folder, the hardware that
  /// the configuration asks for ("none", "auto" or a kind), and the programs it runs.
  package init(
    home: FilePath, temporaryFolder: FilePath, hardware: String, tools: ExternalTools
  ) {
    self.tools = tools
    self.home = home
    self.temporaryFolder = temporaryFolder
    self.hardware = hardware
  }

  /// Every check, in the order to be read.
  package func checks() -> [Check] {
    MachineChecks.all + folderChecks + LibAVChecks.all + [hardwareCheck]
      + FFmpegChecks(tools.search()).all + NetworkChecks.all
  }

  private var folderChecks: [Check] {
    [
      FolderCheck(name: "library folder", path: home, mayBeMade: true).check,
      FolderCheck(name: "temporary folder", path: temporaryFolder, mayBeMade: false).check,
    ]
  }

  private var hardwareCheck: Check {
    let group = "Hardware"
    let name = "hardware decoding"
    switch hardware {
    case "none":
      return Check(
        group, name, ok: true, required: false, found: "not asked for", needed: "nothing")
    case "auto":
      let usable = HardwareDevice.kinds.filter { (try? HardwareDevice.check($0)) != nil }
      return Check(
        group, name, ok: true, required: false,
        found: usable.isEmpty ? "no device, the processor decodes" : usable.joined(separator: ", "),
        needed: "nothing")
    default:
      do throws(MediaFailure) {
        try HardwareDevice.check(hardware)
        return Check(group, name, ok: true, required: false, found: hardware, needed: hardware)
      } catch {
        return Check(
          group, name, ok: false, required: false, found: error.message, needed: hardware,
          hint: "set hardware_accel to \"none\" or \"auto\"; the processor decodes everything")
      }
    }
  }
}
