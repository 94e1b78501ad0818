import Foundations

/// What the machine and the system must offer.
enum MachineChecks {
  private static let group = "Machine"

  static var all: [Check] { [system, processor, memory, openFiles] }

  private static var system: Check {
    let kernel = Machine.kernel
    let name = [Machine.distribution, "\(kernel.name) \(kernel.release)", kernel.architecture]
      .compactMap { $0 }.joined(separator: ", ")
    let numbers = kernel.release.split(separator: ".").prefix(2).compactMap { Int($0) }
    let isNew = numbers.count == 2 && (numbers[0], numbers[1]) >= (5, 6)
    return Check(
      group, "system", ok: kernel.name == "Linux" && isNew, found: name,
      needed: "Linux 5.6 or newer",
      hint: "older kernels cannot confine paths in one call; a slower way is taken there")
  }

  private static var processor: Check {
    let telling = ["avx2", "avx512f", "sha_ni", "asimd", "sha2"]
    let features = telling.filter(Machine.processorFeatures.contains)
    let found = (["\(HumanText.count(Machine.cores, "core"))"] + features).joined(separator: ", ")
    return Check(group, "processor", ok: true, found: found, needed: "1 core")
  }

  private static var memory: Check {
    let needed: Int64 = 1 << 30
    guard let memory = Machine.memory else {
      return Check(group, "memory", ok: false, required: false, found: nil, needed: "1.1 GB")
    }
    return Check(
      group, "memory", ok: memory.total >= needed, required: false,
      found: "\(HumanText.bytes(memory.available)) of \(HumanText.bytes(memory.total)) available",
      needed: HumanText.bytes(needed),
      hint: "probing and small files work; encodes of large pictures may not")
  }

  private static var openFiles: Check {
    let limit = Machine.openFileLimit
    return Check(
      group, "open files", ok: limit >= 1_024, required: false, found: HumanText.count(limit),
      needed: "1,024", hint: "raise the limit with `ulimit -n 4096` or LimitNOFILE= in the unit")
  }
}
