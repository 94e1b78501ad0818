// swift-tools-version: 6.2
import PackageDescription

// The floors of docs/architecture.md, from the ground up. A target imports only from floors below
// its own; Tests/TidyTests holds the whole tree to that.

/// What every Swift target is compiled with.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// From floor 3 up no pointer may appear, and the compiler says so.
let withoutPointers = house + [.strictMemorySafety()]

let package = Package(
  name: "mediary",
  products: [
    .executable(name: "mediary", targets: ["mediary"]),
    .library(name: "MediaryC", type: .dynamic, targets: ["CBinding"]),
  ],
  targets: [
    // 0 ground
    .target(name: "CSystem"),
    .target(name: "CFFmpeg"),
    .target(name: "CPixels", cSettings: [.unsafeFlags(["-O3"])]),
    .systemLibrary(name: "CTurboJPEG"),
    .systemLibrary(name: "CCrypto"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CSQLite"),
    .target(name: "CCurl"),

    // 1 foundations
    .target(name: "Foundations", dependencies: ["CSystem"], swiftSettings: house),

    // 2 wrappers
    .target(
      name: "Media", dependencies: ["Foundations", "CFFmpeg", "CPixels"],
      swiftSettings: house + [.enableExperimentalFeature("Lifetimes")]),

    .target(name: "Hashing", dependencies: ["Foundations", "CCrypto"], swiftSettings: house),
    .target(name: "Compression", dependencies: ["Foundations", "CZlib"], swiftSettings: house),
    .target(name: "Sniffing", swiftSettings: withoutPointers),
    .target(name: "Pictures", dependencies: ["Foundations", "CTurboJPEG"], swiftSettings: house),
    .target(name: "SQLite", dependencies: ["Foundations", "CSQLite"], swiftSettings: house),

    .target(name: "FFmpegTool", dependencies: ["Foundations"], swiftSettings: withoutPointers),
    .target(name: "HTTPClient", dependencies: ["Foundations", "CCurl"], swiftSettings: house),

    // 3 places
    .target(
      name: "Blobs", dependencies: ["Foundations", "Hashing"], swiftSettings: withoutPointers),

    .target(
      name: "FormerLibrary", dependencies: ["Foundations", "SQLite"],
      swiftSettings: withoutPointers),

    // 4 model
    .target(
      name: "Sight", dependencies: ["Foundations", "Media"], swiftSettings: withoutPointers),
    .target(
      name: "EmbeddedMetadata", dependencies: ["Foundations", "Compression"],
      swiftSettings: withoutPointers),

    .target(
      name: "Model", dependencies: ["Foundations", "Media", "Blobs", "Sniffing"],
      swiftSettings: withoutPointers),

    // 5 capabilities
    .target(
      name: "Library",
      dependencies: [
        "Foundations", "Media", "Pictures", "Sniffing", "Blobs", "FormerLibrary",
        "EmbeddedMetadata", "Model", "Sight",
      ],
      swiftSettings: withoutPointers),
    .target(
      name: "MediaOutput",
      dependencies: [
        "Foundations", "Media", "Pictures", "Hashing", "Compression", "EmbeddedMetadata",
      ],
      swiftSettings: withoutPointers),

    .target(
      name: "Runs",
      dependencies: ["Foundations", "Media", "Compression", "Sniffing", "Blobs", "Model"],
      swiftSettings: withoutPointers),

    .target(
      name: "Jobs", dependencies: ["Foundations", "Model"], swiftSettings: withoutPointers),

    .target(
      name: "Encoding",
      dependencies: ["Foundations", "Media", "Pictures", "FFmpegTool", "Hashing", "Sight"],
      swiftSettings: withoutPointers),

    // 6 stores
    .target(
      name: "Stores",
      dependencies: ["Foundations", "SQLite", "Media", "Sniffing", "Blobs", "Model"],
      swiftSettings: withoutPointers),

    // 7 engine
    .target(
      name: "Engine",
      dependencies: [
        "Foundations", "Media", "Pictures", "Compression", "Sniffing", "Blobs", "SQLite",
        "EmbeddedMetadata", "Model", "Sight", "Runs", "MediaOutput", "Library", "Jobs", "Stores",
        "FFmpegTool", "Encoding", "Hashing", "HTTPClient",
      ],
      swiftSettings: withoutPointers),

    // 8 surfaces
    .target(
      name: "CommandLine",
      dependencies: [
        "Foundations", "Media", "Sniffing", "Blobs", "FormerLibrary", "EmbeddedMetadata", "Model",
        "MediaOutput", "Runs", "Library", "Jobs", "Engine", "FFmpegTool", "Encoding",
      ],
      swiftSettings: withoutPointers),

    .target(
      name: "CBinding",
      dependencies: ["Foundations", "Media", "EmbeddedMetadata", "MediaOutput"],
      swiftSettings: house,
      // The runtime inside the library: Python loads it where no toolchain is.
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]),

    // 9 executable
    .executableTarget(
      name: "mediary", dependencies: ["Foundations", "CommandLine"],
      swiftSettings: withoutPointers,
      // The runtime inside the binary: it starts sooner and runs where no toolchain is. Only here,
      // since the test runner needs the shared one.
      linkerSettings: [.unsafeFlags(["-static-stdlib"])]),

    // benchmarks
    .executableTarget(
      name: "PublishBenchmark", dependencies: ["Foundations"], path: "benchmark/publish",
      exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "DecodeBenchmark", dependencies: ["Foundations", "Media"], path: "benchmark/decode",
      swiftSettings: house),
    .executableTarget(
      name: "DatabaseBenchmark", dependencies: ["Foundations", "SQLite"],
      path: "benchmark/database", exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "HashingBenchmark", dependencies: ["Foundations", "Hashing", "Blobs"],
      path: "benchmark/hashing", exclude: ["README.md"], swiftSettings: house),

    .executableTarget(
      name: "LikenessBenchmark",
      dependencies: ["Foundations", "Media", "Pictures", "Sight", "TestSupport"],
      path: "benchmark/likeness", exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "CatalogueBenchmark",
      dependencies: ["Foundations", "Hashing", "Sniffing", "Blobs", "Model", "Stores"],
      path: "benchmark/catalogue", swiftSettings: house),
    .executableTarget(
      name: "RunsBenchmark",
      dependencies: ["Foundations", "Sniffing", "Blobs", "Model", "Stores", "Runs"],
      path: "benchmark/runs", exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "NearBenchmark", dependencies: ["Foundations", "Model", "Library"],
      path: "benchmark/near", exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "AddingBenchmark",
      dependencies: ["Foundations", "Hashing", "Sniffing", "Blobs", "Model", "Library", "Stores"],
      path: "benchmark/adding", exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "JobsBenchmark", dependencies: ["Foundations", "Model", "Stores", "Jobs"],
      path: "benchmark/jobs", exclude: ["README.md"], swiftSettings: house),
    .executableTarget(
      name: "SearchBenchmark",
      dependencies: ["Foundations", "FFmpegTool", "Encoding", "EncodingSimulation"],
      path: "benchmark/search", exclude: ["README.md"], swiftSettings: house),

    // tests
    .target(
      name: "TestSupport", dependencies: ["Foundations", "Media"], path: "Tests/TestSupport",
      swiftSettings: house),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "Runs", "Stores", "Model", "Blobs", "Sniffing", "Hashing", "Compression", "Foundations",
        "TestSupport",
      ],
      swiftSettings: house),
    .target(name: "CFailingVFS", dependencies: ["CSQLite"], path: "Tests/CFailingVFS"),
    .testTarget(
      name: "FoundationsTests", dependencies: ["Foundations", "TestSupport"],
      exclude: ["Snapshots"], swiftSettings: house),
    .testTarget(
      name: "MediaTests", dependencies: ["Media", "Foundations", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "CompressionTests", dependencies: ["Compression", "Foundations", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "PicturesTests", dependencies: ["Pictures", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "SQLiteTests", dependencies: ["SQLite", "CFailingVFS", "Foundations", "TestSupport"],
      swiftSettings: house),
    .target(name: "StandInServer", path: "Tests/StandInServer", swiftSettings: house),
    .testTarget(
      name: "HTTPClientTests",
      dependencies: ["HTTPClient", "StandInServer", "Foundations", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "SniffingTests", dependencies: ["Sniffing", "Foundations", "TestSupport"],
      swiftSettings: house),
    .target(
      name: "BlobsConformance", dependencies: ["Blobs", "Hashing", "Foundations"],
      path: "Tests/BlobsConformance", swiftSettings: house),
    .testTarget(
      name: "BlobsTests",
      dependencies: ["Blobs", "BlobsConformance", "Hashing", "Foundations", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "EmbeddedMetadataTests",
      dependencies: ["EmbeddedMetadata", "Foundations", "TestSupport"], swiftSettings: house),
    .target(
      name: "CatalogueConformance",
      dependencies: ["Foundations", "Hashing", "Sniffing", "Blobs", "Model", "Stores"],
      path: "Tests/CatalogueConformance", swiftSettings: house),
    .target(
      name: "JobsConformance", dependencies: ["Foundations", "Model"],
      path: "Tests/JobsConformance", swiftSettings: house),
    .testTarget(
      name: "StoresTests",
      dependencies: [
        "Stores", "CatalogueConformance", "JobsConformance", "SQLite", "Sniffing", "Blobs", "Model",
        "Foundations", "TestSupport",
      ],
      exclude: ["Snapshots"], swiftSettings: house),
    .testTarget(
      name: "JobsTests", dependencies: ["Jobs", "Stores", "Model", "Foundations", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "SightTests", dependencies: ["Sight", "Media", "Pictures", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "LibraryTests",
      dependencies: [
        "Library", "Stores", "Model", "Blobs", "Hashing", "Sniffing", "SQLite", "FormerLibrary",
        "EmbeddedMetadata", "Pictures", "Media", "Sight", "Foundations", "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "MediaOutputTests",
      dependencies: [
        "MediaOutput", "EmbeddedMetadata", "Media", "Hashing", "Foundations", "TestSupport",
      ],
      exclude: ["Reference"],
      swiftSettings: house),
    .testTarget(
      name: "FFmpegToolTests", dependencies: ["FFmpegTool", "Media", "Foundations", "TestSupport"],
      swiftSettings: house),
    .target(
      name: "EncodingSimulation", dependencies: ["Foundations", "FFmpegTool", "Encoding"],
      path: "Tests/EncodingSimulation", swiftSettings: house),
    .testTarget(
      name: "EncodingTests",
      dependencies: [
        "Encoding", "EncodingSimulation", "FFmpegTool", "Sight", "Media", "Hashing", "Foundations",
        "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Engine", "Stores", "Library", "Runs", "Model", "Blobs", "Hashing", "Sniffing", "Media",
        "Encoding", "HTTPClient", "StandInServer", "Foundations", "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "CommandLine", "Engine", "Encoding", "FFmpegTool", "Media", "Foundations", "TestSupport",
        "StandInServer",
      ],
      swiftSettings: house),
    .testTarget(
      name: "TidyTests", dependencies: ["Foundations", "TestSupport"], swiftSettings: house),
  ],
  cxxLanguageStandard: .cxx17
)
