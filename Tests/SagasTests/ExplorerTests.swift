import Foundation
import Messaging
import Testing

@testable import Sagas

@Suite("Sagas explored at every step")
struct ExplorerTests {
    static let definitions = [
        SagaDefinition(TripSaga.self), SagaDefinition(BothSaga.self), SagaDefinition(EachSaga.self),
        SagaDefinition(FirstSaga.self), SagaDefinition(ParentSaga.self), SagaDefinition(FactsSaga.self),
        SagaDefinition(NestedRaceSaga.self), SagaDefinition(RaceWithinAllSaga.self), SagaDefinition(RelaySaga.self),
        SagaDefinition(FosterSaga.self),
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

    @Test("what every kind of operation has left in a history is replayed by this build", arguments: definitions)
    func golden(_ definition: SagaDefinition) throws {
        for objection in try GoldenHistories(definition).replay() { Issue.record("\(objection)") }
    }

    private func journey(
        _ definition: SagaDefinition, _ trouble: SagaExplorer.Trouble, _ path: String
    ) throws -> SagaExplorer.Journey {
        try #require(try SagaExplorer(definition).explore().first { $0.trouble == trouble && $0.path == path })
    }

    @Test("each kind of step meets the troubles that can befall it")
    func places() throws {
        let journeys = try SagaExplorer(SagaDefinition(TripSaga.self)).explore()
        let troubles = Dictionary(grouping: journeys.filter { $0.path != nil }) { $0.path ?? "" }
            .mapValues { Set($0.compactMap(\.trouble)) }
        let command: Set<SagaExplorer.Trouble> = [
            .refusal, .silence, .duplicate, .lateReply, .deadLetter, .cancel, .pause,
        ]
        #expect(troubles["0"] == command.union([.undoRefusal, .undoSilence]))
        #expect(troubles["2"] == command.union([.undoRefusal, .undoSilence]))
        #expect(troubles["3/0/0"] == [.absence, .cancel, .pause])
        #expect(troubles["3/2/0"] == [.cancel, .pause])
        #expect(troubles["5"] == [.cancel, .pause])
        #expect(troubles["6"] == command)
    }

    @Test("a child is refused, given up on, cancelled with its parent and undone like any step")
    func children() throws {
        let parent = SagaDefinition(ParentSaga.self)
        let refused = try journey(parent, .refusal, "0")
        #expect(refused.history.saga.status == "failed" && refused.history.saga.error?.code == "explored")
        let cancelled = try journey(parent, .cancel, "0")
        #expect(cancelled.history.saga.status == "cancelled" && cancelled.commands.isEmpty)
        let lost = try journey(parent, .deadLetter, "0")
        #expect(lost.history.saga.status == "completed")
        #expect(lost.history.steps.first { $0.path == "0" }?.attempt == 2)
        let undone = try journey(parent, .undoRefusal, "0")
        #expect(undone.commands == ["Book", "undo Unbook", "undo Unbook"])
        #expect(undone.history.saga.status == "cancelled")
    }

    @Test("an event that does not come, a cancel and a pause within a wait lead where they must")
    func waits() throws {
        let trip = SagaDefinition(TripSaga.self)
        let absent = try journey(trip, .absence, "3/0/0")
        #expect(absent.history.saga.cause?.code == "trip_cancelled")
        let cancelled = try journey(trip, .cancel, "3/0/0")
        #expect(cancelled.history.saga.status == "cancelled")
        #expect(cancelled.commands.suffix(3) == ["undo Unbook", "undo Unbook", "undo Unbook"])
        let paused = try journey(trip, .pause, "3/2/0")
        #expect(paused.history.saga.status == "completed")
    }

    @Test("a trouble that never came about is an objection")
    func unmet() throws {
        let scenario = try SagaScenario(BothSaga.self, input: "x")
        for trouble in SagaExplorer.Trouble.allCases {
            var expedition = SagaExpedition(
                scenario, SagaExpedition.Ordeal(trouble: trouble, path: "99"), SagaObserver())
            try expedition.travel()
            #expect(expedition.objections.first?.hasSuffix("at 99 never came about") == true)
        }
    }
}

extension SagaDefinition: CustomTestStringConvertible {
    public var testDescription: String { name }
}
