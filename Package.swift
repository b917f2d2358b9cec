// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let lifecycleSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")

/// A library every service may use.
func shared(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Shared/\(name)", swiftSettings: settings)
}

/// An executable: what all services stand on, and what it needs beyond that.
func service(_ name: String, _ extra: [Target.Dependency] = []) -> Target {
    .executableTarget(
        name: name,
        dependencies: ["Commerce", "Contracts", "Messaging", "Postgres", "AMQP", "ServiceKit", log] + extra,
        path: "Services/\(name)",
        swiftSettings: settings
    )
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: ["SeededRandom", "Support"] + dependencies,
        path: "Tests/\(name)Tests",
        exclude: exclude,
        swiftSettings: settings
    )
}

let package = Package(
    name: "stateset",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "ingest-gateway", targets: ["IngestGateway"]),
        .executable(name: "api", targets: ["API"]),
        .executable(name: "order-ingest", targets: ["OrderIngest"]),
        .executable(name: "fulfillment-dispatch", targets: ["FulfillmentDispatch"]),
        .executable(name: "tracking", targets: ["Tracking"]),
        .executable(name: "returns", targets: ["Returns"]),
        .executable(name: "notifications", targets: ["Notifications"]),
        .executable(name: "saga-coordinator", targets: ["SagaCoordinatorMain"]),
        .executable(name: "provider-simulators", targets: ["ProviderSimulators"]),
        .executable(name: "stateset", targets: ["CLI"]),
        .executable(name: "bench", targets: ["Benchmarks"]),
        .executable(name: "simulation", targets: ["SimulationMain"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CRabbitMQ", path: "Shared/CLibraries/CRabbitMQ", pkgConfig: "librabbitmq",
            providers: [.apt(["librabbitmq-dev"])]),
        .systemLibrary(
            name: "CPostgreSQL", path: "Shared/CLibraries/CPostgreSQL", pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Shared/CLibraries/CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),

        shared("Commerce", []),
        shared("AMQP", ["CRabbitMQ", log]),
        shared("Postgres", ["CPostgreSQL", log]),
        shared("HTTPTransport", ["CCurl", log]),
        shared("Schema", ["Postgres"]),
        shared("Messaging", ["AMQP", "Postgres", "Commerce", log, metrics, lifecycle]),
        shared("Sagas", ["Messaging", "Commerce"]),
        shared("Contracts", ["Messaging", "Commerce"]),
        shared("MailTemplates", ["Commerce", mustache]),
        shared("Views", ["Commerce", "Contracts", "Messaging", "Postgres"]),
        shared("Providers", ["HTTPTransport", "Commerce", crypto, log]),
        shared("ProviderGates", ["Providers", "Postgres", "Commerce", log, metrics]),
        shared(
            "ServiceKit",
            [
                "Messaging", "AMQP", "Postgres", "Commerce", "HTTPTransport", configuration, crypto, httpTypes,
                hummingbird, lifecycle, lifecycleSignals, log, metrics,
            ]),

        service("IngestGateway", ["Providers", httpTypes, hummingbird, lifecycle, nio, nioHTTPTypes]),
        service(
            "API",
            [
                "HTTPTransport", "Providers", "Sagas", "Views", crypto, httpTypes, hummingbird, lifecycle, nio,
            ]),
        service("OrderIngest", ["ProviderGates", "Providers", "HTTPTransport", "Views", lifecycle]),
        service("FulfillmentDispatch", ["ProviderGates", "Providers", "HTTPTransport", "Views", lifecycle]),
        service("Tracking", ["ProviderGates", "Providers", "HTTPTransport", "Views", lifecycle]),
        service("Returns", ["ProviderGates", "Providers", "HTTPTransport", "Views", crypto, lifecycle]),
        service(
            "Notifications",
            ["HTTPTransport", "MailTemplates", "ProviderGates", "Providers", "Views", crypto, lifecycle]),
        // A library apart from its `main`, so that the benchmarks run the coordinator itself with sagas of their own.
        .target(
            name: "SagaCoordinator",
            dependencies: [
                "Commerce", "Contracts", "Messaging", "Postgres", "AMQP", "ServiceKit", "Sagas", crypto, lifecycle, log,
            ],
            path: "Services/SagaCoordinator",
            exclude: ["Main.swift"],
            swiftSettings: settings),
        .executableTarget(
            name: "SagaCoordinatorMain",
            dependencies: ["SagaCoordinator", "Messaging", "ServiceKit"],
            path: "Services/SagaCoordinator",
            sources: ["Main.swift"],
            swiftSettings: settings),
        service(
            "ProviderSimulators",
            [
                "HTTPTransport", crypto, httpTypes, hummingbird, lifecycle, lifecycleSignals, nio, nioPosix,
            ]),
        service(
            "CLI",
            [
                "Sagas", "Schema", "HTTPTransport", "MailTemplates", "ProviderGates", "Providers", argumentParser,
                lifecycleSignals,
            ]),

        .target(
            name: "Support",
            dependencies: [
                "AMQP", "Postgres", "Messaging", "Contracts", "Commerce", "HTTPTransport", "Schema", crypto, log,
            ],
            path: "Tests/Support",
            swiftSettings: settings),
        // Apart from the rest of the kit, so that the simulation builds without what a service stands on.
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: settings),
        // Apart from the rest of the kit, so that tests without HTTP build without it.
        .target(
            name: "RouterSupport",
            dependencies: [httpTypes, hummingbird, log, nio, nioEmbedded],
            path: "Tests/RouterSupport",
            swiftSettings: settings),
        tests("Architecture", []),
        tests("Commerce", ["Commerce"], exclude: ["Fixtures"]),
        tests("AMQP", ["AMQP", log]),
        tests("Postgres", ["Postgres", log]),
        tests("HTTPTransport", ["HTTPTransport"]),
        tests("Schema", ["Schema", "Postgres", crypto, log]),
        tests("Messaging", ["Messaging", "Commerce", "AMQP", "Postgres", "Schema", "ServiceKit", log, metrics]),
        tests("Sagas", ["Sagas", "Messaging", "Commerce"], exclude: ["Golden"]),
        // A library apart from its tests, so that an optimised build can run millions of seeds.
        .target(
            name: "Simulation",
            dependencies: ["Sagas", "Messaging", "Commerce", "SeededRandom"],
            path: "Tests/Simulation",
            exclude: ["Main.swift"],
            swiftSettings: settings),
        .executableTarget(
            name: "SimulationMain",
            dependencies: ["Simulation", argumentParser],
            path: "Tests/Simulation",
            sources: ["Main.swift"],
            swiftSettings: settings),
        tests("Simulation", ["Simulation"]),
        tests("Providers", ["Providers", "HTTPTransport", "Commerce"]),
        tests("ProviderGates", ["ProviderGates", "Providers", "Schema", "Postgres", "Commerce", log]),
        tests(
            "ServiceKit",
            [
                "ServiceKit", "Commerce", "HTTPTransport", "Messaging", "Postgres", "RouterSupport", "Schema",
                configuration, httpTypes, hummingbird, lifecycle, log, metrics, nio,
            ]),
        tests("ProviderSimulators", ["ProviderSimulators", "Providers", "HTTPTransport", "Commerce", log]),
        tests(
            "IngestGateway",
            [
                "IngestGateway", "Messaging", "Providers", "Commerce", "AMQP", "Schema", "Postgres", "RouterSupport",
                crypto, httpTypes, hummingbird, log, nio, nioEmbedded, nioHTTPTypes,
            ]),
        tests(
            "API",
            ["API", "Contracts", "RouterSupport", "Schema", "Postgres", "ServiceKit", httpTypes, hummingbird, nio]),
        tests("CLI", ["CLI", "Commerce", "Providers", "ServiceKit", argumentParser]),
        tests(
            "SagaCoordinator",
            ["SagaCoordinator", "Sagas", "Messaging", "Contracts", "Commerce", "Postgres", "AMQP", "Schema", log],
            exclude: ["Golden"]),
        tests("OrderIngest", ["OrderIngest", "Contracts", "Providers", "Schema", "HTTPTransport"]),
        tests("FulfillmentDispatch", ["FulfillmentDispatch", "Contracts", "Providers", "Schema"]),
        tests("Tracking", ["Tracking", "Contracts", "Providers", "Schema"]),
        tests("Returns", ["Returns", "Contracts", "Providers", "Schema", "ServiceKit", "Views", log]),
        tests(
            "Notifications",
            ["Notifications", "Contracts", "HTTPTransport", "MailTemplates", "Providers", "Schema", "ServiceKit"]),
        tests("MailTemplates", ["MailTemplates", "Commerce"]),
        tests(
            "ProviderWrites",
            [
                "OrderIngest", "FulfillmentDispatch", "Tracking", "Returns", "ProviderGates", "Providers", "Contracts",
                "Schema", "Views", "HTTPTransport", log,
            ]),
        .executableTarget(
            name: "GateLoad",
            dependencies: ["ProviderGates", "Providers", "HTTPTransport", "Postgres", "Commerce", log],
            path: "Tests/GateLoad", swiftSettings: settings),
        tests("EndToEnd", []),
        tests("Resilience", ["Messaging", "Postgres", log]),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "SagaCoordinator", "Sagas", "Contracts", "Messaging", "AMQP", "Postgres", "Schema", "ServiceKit",
                "Commerce", "Support", argumentParser, crypto, lifecycle, log,
            ],
            path: "Tests/Benchmarks",
            swiftSettings: settings),
    ]
)
