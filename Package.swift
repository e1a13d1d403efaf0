// swift-tools-version: 6.2
import PackageDescription

/// Builds for fuzzing (`Tests/Fuzzing/check.sh`): everything instrumented, and the targets of `Tests/Fuzzing` beside it.
let isFuzzing = Context.environment["YAOSU_FUZZ"] == "1"

/// Builds for tests (`scripts/test.sh`): what goes over every byte is optimised in a debug build too, which halves the time of the tests.
let isTested = Context.environment["YAOSU_TESTED"] == "1"
let hot: Set = [
  "Deflate", "ElementCore", "ElementExpression", "ElementFormats", "ElementLinkage", "ElementSchema", "SQLitePages",
  "XMLStream",
]

let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
  ] + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : [])

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A module of the house: below it stands what it may import, and nothing else.
func module(_ name: String, on dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies,
    swiftSettings: strict + (isTested && hot.contains(name) ? [.unsafeFlags(["-O"])] : []))
}

/// The tests of one module.
func tests(of name: String, on dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "yaosu",
  products: [
    .executable(name: "yaosu", targets: ["yaosu"]),
    .executable(name: "yaosu-dev", targets: ["yaosu-dev"]),
    .library(name: "ElementPipeline", targets: ["ElementPipeline"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    module("ElementCore"),
    module("Deflate", on: ["CZlib", "ElementCore"]),
    module("XMLStream", on: ["CLibXML2", "ElementCore"]),
    module("SQLitePages", on: ["CSQLite", "ElementCore"]),
    module("ElementFormats", on: ["ElementCore", "Deflate", "XMLStream", crypto]),
    module("ElementExpression", on: ["ElementCore"]),
    module("ElementPage", on: ["ElementCore"]),
    module("ElementSchema", on: ["ElementCore", "ElementExpression", "ElementFormats", "ElementPage", crypto, yams]),
    module("ElementRules", on: ["ElementCore", "ElementExpression", "ElementFormats", "ElementSchema", crypto]),
    module(
      "ElementWarehouse",
      on: ["ElementCore", "SQLitePages", "ElementFormats", "ElementSchema", "CSQLite", crypto, grdb, grdbSQLite]),
    module(
      "ElementReports", on: ["ElementCore", "ElementPage", "ElementFormats", "ElementSchema", "ElementWarehouse"]),
    module(
      "ElementExchange", on: ["ElementCore", "ElementExpression", "ElementFormats", "ElementPage", "ElementSchema", crypto]),
    module("ElementLinkage", on: ["ElementCore", "ElementFormats", "ElementSchema", crypto]),
    module("ElementGenerator", on: ["ElementCore", "ElementExpression", "ElementFormats", "ElementSchema"]),
    module(
      "ElementPipeline",
      on: [
        "ElementCore", "ElementFormats", "ElementExpression", "ElementPage", "ElementSchema", "ElementRules",
        "ElementWarehouse", "ElementReports", "ElementExchange", "ElementLinkage", crypto,
      ]),
    .executableTarget(
      name: "yaosu",
      dependencies: [
        "ElementCore", "ElementFormats", "ElementSchema", "ElementWarehouse", "ElementReports", "ElementExchange",
        "ElementLinkage", "ElementPipeline", argumentParser,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "yaosu-dev",
      dependencies: [
        "ElementCore", "ElementFormats", "ElementSchema", "ElementGenerator", "ElementWarehouse", "ElementPipeline",
        argumentParser,
        grdb,
      ],
      swiftSettings: strict),
    .target(name: "ElementTestSupport", dependencies: ["ElementCore"], path: "Tests/ElementTestSupport", swiftSettings: strict),
    tests(of: "ElementCore", on: ["ElementCore", "ElementTestSupport", crypto]),
    tests(of: "Deflate", on: ["Deflate", "ElementTestSupport"]),
    tests(of: "XMLStream", on: ["XMLStream", "ElementCore", "ElementGenerator"]),
    tests(of: "SQLitePages", on: ["SQLitePages", "CSQLite", "ElementCore", "ElementGenerator", grdb]),
    tests(of: "ElementFormats", on: ["ElementFormats", "ElementCore", "ElementGenerator", "ElementTestSupport"]),
    tests(of: "ElementExpression", on: ["ElementExpression", "ElementCore"]),
    tests(of: "ElementSchema", on: ["ElementSchema", "ElementCore", "ElementTestSupport"]),
    tests(
      of: "ElementExchange",
      on: ["ElementExchange", "ElementSchema", "ElementFormats", "ElementCore", "ElementTestSupport", crypto]),
    tests(of: "ElementLinkage", on: ["ElementLinkage", "ElementSchema", "ElementCore", "ElementTestSupport"]),
    tests(of: "ElementRules", on: ["ElementRules", "ElementSchema", "ElementCore", "ElementTestSupport"]),
    tests(
      of: "ElementWarehouse",
      on: ["ElementWarehouse", "ElementSchema", "ElementCore", "ElementGenerator", "ElementTestSupport", grdb]),
    tests(
      of: "ElementPipeline",
      on: [
        "ElementPipeline", "ElementRules", "ElementSchema", "ElementCore", "ElementFormats", "ElementGenerator",
        "ElementWarehouse", "ElementExchange", "ElementLinkage", "ElementReports", "ElementTestSupport", grdb,
      ]),
    tests(
      of: "Command",
      on: [
        "ElementTestSupport", "ElementCore", "ElementSchema", "ElementPipeline", .target(name: "yaosu"),
        .target(name: "yaosu-dev"),
      ]),
  ]
)

if isFuzzing {
  package.targets.append(
    .executableTarget(
      name: "yaosu-fuzz",
      dependencies: [
        "ElementCore", "ElementExpression", "ElementFormats", "ElementSchema", "ElementWarehouse", "ElementPipeline",
        "XMLStream",
      ],
      path: "Tests/Fuzzing", exclude: ["check.sh", "sanitizers.sh"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])]))
}
