import Foundation
import Sagas
import Testing

@Suite("Sagas explored at every step")
struct ExplorerTests {
    static let definitions = [
        SagaDefinition(TripSaga.self), SagaDefinition(BothSaga.self), SagaDefinition(EachSaga.self),
        SagaDefinition(FirstSaga.self), SagaDefinition(ParentSaga.self), SagaDefinition(FactsSaga.self),
    ]

    @Test("whatever happens at whatever step, nothing is left behind", arguments: definitions)
    func explore(_ definition: SagaDefinition) throws {
        let journeys = try SagaExplorer(definition).explore()
        #expect(journeys.count > 1)
        for journey in journeys where !journey.objections.isEmpty {
            Issue.record(
                "\(definition.name), \(journey.trouble?.rawValue ?? "straight") at \(journey.path ?? "-"): \(journey.objections)"
            )
        }
    }
}

extension SagaDefinition: CustomTestStringConvertible {
    public var testDescription: String { name }
}
