import Commerce
import Foundation
import Messaging
import Sagas

struct Fetch: Command {
    struct Reply: Codable, Sendable, Equatable { var id: String }
    static let owner = ServiceName(rawValue: "errands")
    var what: String
}

struct Ask: Command {
    typealias Reply = Done
    static let owner = ServiceName(rawValue: "errands")
    var what: String
}

struct BringBack: Command {
    typealias Reply = Done
    static let owner = ServiceName(rawValue: "errands")
    var id: String
}

struct Rang: Event {
    static let type = "door.rang"
    var who: String
}

struct Fetched: Event {
    static let type = "errand.fetched"
    var id: String
}

/// A command with undo, a ring at the door within a day, an event of its own.
struct ErrandSaga: Saga {
    static let name = "errand"
    static let events = [SagaEvent(Rang.self, key: \.who)]

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        saga.attribute("what", what)
        let fetched = try saga.perform(Fetch(what: what)) { BringBack(id: $0.id) }
        guard try saga.wait(for: Rang.self, upTo: .days(1)) != nil else {
            throw Refusal(code: "nobody_rang", message: "nobody came for it")
        }
        try saga.publish(Fetched(id: fetched.id))
        return fetched.id
    }
}

/// The errand as the next build has it: one that begins now asks first.
struct AskingErrandSaga: Saga {
    static let name = "errand"
    static let events = ErrandSaga.events

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        if try saga.patched("ask-first") { try saga.perform(Ask(what: what)) }
        return try ErrandSaga().run(saga, what)
    }
}

/// Sends somebody else on the errand.
struct OuterSaga: Saga {
    static let name = "outer"

    func run(_ saga: SagaContext, _ key: String) throws -> String {
        try saga.child(ErrandSaga.self, key: key, input: "milk")
    }
}

/// Sleeps until a moment, then for a while.
struct NapSaga: Saga {
    static let name = "nap"

    func run(_ saga: SagaContext, _ moment: Date) throws -> String {
        try saga.sleep(until: moment)
        try saga.sleep(for: .hours(1))
        return "awake"
    }
}

/// Does not wait long for an answer; what comes later is brought back, also after its end.
struct HastySaga: Saga {
    static let name = "hasty"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        _ = try saga.attempt(Fetch(what: what), within: .minutes(1)) { BringBack(id: $0.id) }
        return "done"
    }
}

struct Knocked: Event {
    static let type = "door.knocked"
    var who: String
    var times: Int
}

/// Does not come to most of what knocks at the door, and takes the rest in an order of its own.
struct DoorSaga: Saga {
    static let name = "door"
    static let events = [SagaEvent(Rang.self, key: \.who), SagaEvent(Knocked.self, key: \.who)]

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        try saga.perform(Fetch(what: "key"))
        _ = try saga.wait(for: Rang.self)
        let loud = try saga.wait(for: Knocked.self) { $0.times >= 300 }
        let first = try saga.wait(for: Knocked.self)
        try saga.perform(Fetch(what: "door"))
        return "\(loud.times) \(first.times)"
    }
}
