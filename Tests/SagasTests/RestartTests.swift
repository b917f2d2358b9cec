import Commerce
import Foundation
import Messaging
import Testing

@testable import Sagas

@Suite("What a restart leaves behind")
struct RestartTests {
    @Test("the new run says by itself what it is about: nothing the old one said is left")
    func attributes() throws {
        var saga = try SagaScenario(LabelledSaga.self, input: "rome")
        try saga.accept("0", #"{"id":"f1"}"#)
        #expect(saga.attributes == ["trip": "rome", "flight": "f1"])
        try saga.refuse("1")
        try saga.apply(.restart)
        #expect(saga.attributes == ["trip": "rome"])
        try saga.accept("0", #"{"id":"f2"}"#)
        #expect(saga.attributes == ["trip": "rome", "flight": "f2"])
    }

    @Test("a pause ends with the saga that is terminated within it, and a later import does not count from it")
    func pause() throws {
        var saga = try SagaScenario(LabelledSaga.self, input: "rome")
        try saga.refuse("0")
        try saga.apply(.restart)
        try saga.apply(.pause)
        #expect(saga.recorded.saga.pausedAt != nil)
        try saga.apply(.terminate)
        #expect(saga.recorded.saga.pausedAt == nil)
        try saga.advance(by: .days(1))
        try saga.apply(.restart)
        try saga.advance(by: .minutes(1))
        #expect(try saga.machine.imported().saga.pausedAt == saga.now)
    }

    @Test("what a build before left of a pause goes with the restart")
    func leftover() throws {
        let terminated = try SagaScenario(LabelledSaga.self, input: "rome").machine
        var saga = terminated.saga
        saga.status = .terminated
        saga.pausedAt = SagaScenario.epoch
        var machine = SagaMachine(
            saga, steps: [], mailbox: [], definition: SagaDefinition(LabelledSaga.self), now: SagaScenario.epoch + 60)
        try machine.apply(.restart)
        #expect(machine.saga.status == .waiting && machine.saga.pausedAt == nil)
    }
}

/// Says what it is about as it comes to know it.
private struct LabelledSaga: Saga {
    static let name = "labelled"

    func run(_ saga: SagaContext, _ trip: String) throws -> String {
        saga.attribute("trip", trip)
        let flight = try saga.perform(Book(what: "flight"))
        saga.attribute("flight", flight.id)
        return try saga.perform(Book(what: "hotel")).id
    }
}
