import AMQP
import Commerce
import Hummingbird
import Logging
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import API

@Suite("The OpenAPI document")
struct OpenAPITests {
    private let router: Router<BasicRequestContext>
    private let document: JSON

    init() throws {
        let pool = PostgresPool(
            try PostgresConfiguration(url: "postgres://127.0.0.1:1/none", applicationName: "test"), logger: .silent)
        let nowhere = try AMQPConfiguration(url: "amqp://127.0.0.1:1/", connectionName: "test")
        let relay = OutboxRelay(pool: pool, publisher: AMQPPublisher(nowhere, logger: .silent), logger: .silent)
        let outbox = TransactionalOutbox(
            pool: pool, factory: MessageFactory(source: .api, clock: SystemClock()), relay: relay)
        let sender = CommandSender(outbox: outbox)
        router = APIService.router(
            outbox: outbox, sender: sender, checks: .forTests, health: Health(), logger: .silent)
        document = OpenAPIDocument.make(APIEndpoints.all(outbox: outbox, sender: sender, checks: .forTests))
    }

    @Test("every route is described, and everything described is a route")
    func coverage() {
        let routes = router.routes.map { "\($0.method.rawValue.lowercased()) \($0.path)" }
        let described = (document["paths"]?.members ?? []).flatMap { path in
            path.value.members.map { "\($0.name) \(path.name)" }
        }
        #expect(Set(routes) == Set(described))
        #expect(routes.count == described.count)
    }

    @Test("every reference leads somewhere")
    func references() {
        let schemas = Set((document["components"]?["schemas"]?.members ?? []).map { "#/components/schemas/\($0.name)" })
        let responses = Set(
            (document["components"]?["responses"]?.members ?? []).map { "#/components/responses/\($0.name)" })
        let used = document.references
        #expect(used.isSubset(of: schemas.union(responses)), "\(used.subtracting(schemas.union(responses)))")
        #expect(schemas.subtracting(used).isEmpty, "unused: \(schemas.subtracting(used))")
    }

    @Test("every operation says that it may fail on our side, and that it may be unavailable")
    func failures() {
        let operations = (document["paths"]?.members ?? []).filter { $0.name.hasPrefix(Endpoint.root) }
            .flatMap(\.value.members)
        #expect(!operations.isEmpty)
        for operation in operations {
            let responses = operation.value["responses"]
            #expect(responses?["500"] != nil && responses?["503"] != nil)
        }
    }

    @Test("a return policy is described to its last member, each with what it is for")
    func policy() {
        let policy = document["components"]?["schemas"]?["ReturnPolicy"]
        #expect(policy?["required"] == ["zones"])
        let window = policy?["properties"]?["zones"]?["items"]?["properties"]?["window"]
        #expect(window?["description"]?.string?.isEmpty == false)
        #expect(window?["properties"]?["days"]?["anyOf"]?.elements.count == 2)
        #expect(policy?["properties"]?["expiry"]?["anyOf"]?.elements.last == ["type": "null"])
    }

    @Test("operation ids are unique")
    func operationIDs() {
        let ids = (document["paths"]?.members ?? []).flatMap(\.value.members).compactMap {
            $0.value["operationId"]?.string
        }
        #expect(Set(ids).count == ids.count && !ids.isEmpty)
    }
}

extension JSON {
    fileprivate var members: [Member] {
        guard case .object(let members) = self else { return [] }
        return members
    }

    fileprivate var references: Set<String> {
        switch self {
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.references) }
        case .object(let members):
            members.reduce(into: []) { found, member in
                if member.name == "$ref", let target = member.value.string { found.insert(target) }
                found.formUnion(member.value.references)
            }
        case .null, .bool, .int, .string, .raw: []
        }
    }
}
