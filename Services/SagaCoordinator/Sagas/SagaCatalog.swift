import Sagas

/// Every saga the coordinator runs: a new one is one file and one line here.
package struct SagaCatalog: Sendable {
    package static let all = SagaCatalog([
        SagaDefinition(OrderFulfillmentSaga.self),
        SagaDefinition(ReturnSaga.self),
        SagaDefinition(WarrantySaga.self),
    ])

    let definitions: [SagaDefinition]
    private let byName: [String: SagaDefinition]

    package init(_ definitions: [SagaDefinition]) {
        self.definitions = definitions
        byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
    }

    subscript(name: String) -> SagaDefinition? { byName[name] }

    var eventTypes: [String] { Set(definitions.flatMap(\.eventTypes)).sorted() }
}
