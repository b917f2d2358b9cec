import Foundation
import Testing

@Suite("Layering")
struct LayeringTests {
    /// Which modules of the project a module may import: dependencies point one way.
    private static let allowed: [String: Set<String>] = [
        "Commerce": [],
        "AMQP": ["CRabbitMQ"],
        "Postgres": ["CPostgreSQL"],
        "HTTPTransport": ["CCurl"],
        "Schema": ["Postgres"],
        "Messaging": ["Commerce", "AMQP", "Postgres"],
        "Sagas": ["Commerce", "Messaging"],
        "Contracts": ["Commerce", "Messaging"],
        "MailTemplates": ["Commerce"],
        "Providers": ["Commerce", "HTTPTransport"],
        "Views": ["Commerce", "Contracts", "Messaging", "Postgres"],
        "ProviderGates": ["Commerce", "Postgres", "Providers"],
        "ServiceKit": ["Commerce", "Messaging", "AMQP", "Postgres", "HTTPTransport"],
    ]

    private static let services = [
        "IngestGateway", "API", "OrderIngest", "FulfillmentDispatch", "Tracking", "Returns", "Notifications",
        "SagaCoordinator",
        "ProviderSimulators", "CLI",
    ]

    @Test("a shared module imports only what lies below it")
    func sharedModules() {
        let known = Set(Self.allowed.keys).union(Self.services).union(["CRabbitMQ", "CPostgreSQL", "CCurl"])
        for file in Sources.all where !file.isService {
            let wrong = Set(file.imports).intersection(known).subtracting(Self.allowed[file.module] ?? [])
            #expect(wrong.isEmpty, "\(file.path) imports \(wrong.sorted())")
        }
    }

    @Test("Commerce imports nothing but Foundation")
    func commerceIsPure() {
        for file in Sources.all where file.path.hasPrefix("Shared/Commerce/") {
            #expect(Set(file.imports).isSubset(of: ["Foundation", "Synchronization"]), "\(file.path)")
        }
    }

    @Test("a service never imports another")
    func servicesAreApart() {
        for file in Sources.all where file.isService {
            // The coordinator's `main` imports the rest of its own folder, which is a library of its own.
            let others = Set(Self.services).subtracting([file.module])
            #expect(Set(file.imports).isDisjoint(with: others), "\(file.path)")
        }
    }

    @Test("a C library is imported in its adapter only")
    func cLibraries() {
        let adapters = ["CRabbitMQ": "AMQP", "CPostgreSQL": "Postgres", "CCurl": "HTTPTransport"]
        for file in Sources.all {
            for (library, module) in adapters where file.imports.contains(library) {
                #expect(file.path.hasPrefix("Shared/\(module)/"), "\(file.path) imports \(library)")
            }
        }
    }

    @Test("SQL is written in Store folders and in the modules that own tables")
    func sqlHasItsPlace() {
        let owners = ["Shared/Messaging/", "Shared/Schema/", "Shared/Postgres/", "Shared/ServiceKit/"]
        let sql = /\b(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/
        for file in Sources.all where !owners.contains(where: file.path.hasPrefix) && !file.path.contains("/Store/") {
            guard !file.path.hasPrefix("Services/ProviderSimulators/"), !file.path.hasPrefix("Shared/Providers/") else {
                continue  // SuiteQL is NetSuite's interface, not our database.
            }
            #expect(file.lines(matching: sql).isEmpty, "\(file.lines(matching: sql))")
        }
    }
}
