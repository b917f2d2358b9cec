import Contracts
import Messaging
import Sagas
import Testing

@testable import SagaCoordinator

/// What holds for every saga of the catalog, a new one included.
@Suite("Saga catalog")
struct CatalogTests {
    @Test("whatever happens at whatever step, nothing is left behind", arguments: SagaCatalog.all.definitions)
    func explore(_ definition: SagaDefinition) throws {
        let journeys = try SagaExplorer(definition).explore()
        #expect(journeys.count > SagaExplorer.Trouble.allCases.count)
        for journey in journeys where !journey.objections.isEmpty {
            let place = "\(journey.trouble?.rawValue ?? "the straight way") at \(journey.path ?? "-")"
            Issue.record("\(definition.name), \(place): \(journey.objections.joined(separator: "; "))")
        }
    }

    @Test("every saga has golden histories, and this build replays them", arguments: SagaCatalog.all.definitions)
    func golden(_ definition: SagaDefinition) throws {
        for objection in try GoldenHistories(definition).replay() { Issue.record("\(objection)") }
    }

    @Test("the events that sagas start on and listen to are those that tools expect to be bound")
    func subscriptions() {
        #expect(Set(SagaCatalog.all.eventTypes) == Set(EventSubscriptions.of(.sagaCoordinator)))
    }
}

extension SagaDefinition: CustomTestStringConvertible {
    public var testDescription: String { name }
}
