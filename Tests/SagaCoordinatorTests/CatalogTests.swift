import Contracts
import Foundation
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
        if GoldenHistories.areRecorded { try record(definition) }
        let files = try GoldenHistories.files(of: definition.name)
        #expect(!files.isEmpty, "record them once with STATESET_RECORD_GOLDEN=1")
        for file in files {
            let history: SagaHistory = try RawJSON(bytes: Array(Data(contentsOf: file))).decode()
            #expect(throws: Never.self, "\(file.lastPathComponent)") { try history.replay(by: definition) }
        }
    }

    @Test("the events that sagas start on and listen to are those that tools expect to be bound")
    func subscriptions() {
        #expect(Set(SagaCatalog.all.eventTypes) == Set(EventSubscriptions.of(.sagaCoordinator)))
    }

    private func record(_ definition: SagaDefinition) throws {
        for journey in try SagaExplorer(definition).explore() where [nil, .refusal].contains(journey.trouble) {
            let place = journey.path.map { "refused-at-\($0.replacingOccurrences(of: "/", with: "-"))" } ?? "straight"
            try GoldenHistories.keep(journey.history, as: place, of: definition.name)
        }
    }
}

extension SagaDefinition: CustomTestStringConvertible {
    public var testDescription: String { name }
}
