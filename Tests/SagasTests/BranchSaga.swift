import Commerce
import Foundation
import Messaging
import Sagas

/// One saga per operation of branches, so that each test reads what it is about.
struct BothSaga: Saga {
    static let name = "both"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        let (flight, stay) = try saga.all(
            { try $0.perform(Book(what: "flight")) { Unbook(id: $0.id) } },
            { branch in
                let hotel = try branch.perform(Book(what: "hotel")) { Unbook(id: $0.id) }
                let room = try branch.perform(Book(what: "room")) { Unbook(id: $0.id) }
                return "\(hotel.id)/\(room.id)"
            })
        return "\(flight.id) \(stay)"
    }
}

struct EachSaga: Saga {
    static let name = "each"

    func run(_ saga: SagaContext, _ items: [String]) throws -> [String] {
        try saga.all(items) { branch, item in try branch.perform(Book(what: item)) { Unbook(id: $0.id) }.id }
    }
}

/// The first booking wins, within a day; what the losers booked is undone, also after the pivot.
struct FirstSaga: Saga {
    static let name = "first"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        let winner = try saga.race(
            { try $0.perform(Book(what: "bus")) { Unbook(id: $0.id) }.id },
            { branch in
                let seat = try branch.perform(Book(what: "seat")) { Unbook(id: $0.id) }
                return try branch.perform(Book(what: "train \(seat.id)")) { Unbook(id: $0.id) }.id
            },
            { branch in
                try branch.sleep(for: .days(1))
                return "nothing"
            })
        try saga.pivot()
        try saga.perform(Book(what: "ticket for \(winner)"))
        return winner
    }
}

struct ParentSaga: Saga {
    static let name = "parent"

    func run(_ saga: SagaContext, _ key: String) throws -> String {
        let trip = try saga.child(TripSaga.self, key: key, input: "rome") { Unbook(id: $0) }
        try saga.perform(Book(what: "guide"))
        return trip
    }
}

/// Facts, an event of its own, a patch and a second run.
struct FactsSaga: Saga {
    static let name = "facts"
    static let events = [SagaEvent(Confirmed.self, key: \.trip)]

    struct Input: Codable, Sendable {
        var round: Int
        var ids: [UUID]
    }

    func run(_ saga: SagaContext, _ input: Input) throws -> [UUID] {
        let id = try saga.uuid()
        let at = try saga.now()
        saga.attribute("round", "\(input.round)")
        let booking = try saga.perform(Book(what: "\(id) \(at.timeIntervalSince1970)")) { Unbook(id: $0.id) }
        try saga.publish(Confirmed(trip: booking.id, seats: input.round))
        try saga.sleep(until: at + 3600)
        guard input.round < 3 else { return input.ids + [id] }
        try saga.continueAsNew(Input(round: input.round + 1, ids: input.ids + [id]))
    }
}

/// The same saga before and after a change of its code.
struct OldSaga: Saga {
    static let name = "patched"
    func run(_ saga: SagaContext, _ what: String) throws -> String {
        try saga.perform(Book(what: "first"))
        return try saga.perform(Book(what: "second")).id
    }
}

struct NewSaga: Saga {
    static let name = "patched"
    func run(_ saga: SagaContext, _ what: String) throws -> String {
        if try saga.patched("check-first") { try saga.perform(Unbook(id: "check")) }
        try saga.perform(Book(what: "first"))
        return try saga.perform(Book(what: "second")).id
    }
}

/// Begins with an `all` that may be of nothing.
struct OldErrandsSaga: Saga {
    static let name = "errands"
    func run(_ saga: SagaContext, _ errands: [String]) throws -> String {
        _ = try saga.all(errands) { try $0.perform(Book(what: $1)) }
        return try saga.perform(Book(what: "last")).id
    }
}

struct NewErrandsSaga: Saga {
    static let name = "errands"
    func run(_ saga: SagaContext, _ errands: [String]) throws -> String {
        if try saga.patched("check-first") { try saga.perform(Unbook(id: "check")) }
        return try OldErrandsSaga().run(saga, errands)
    }
}

/// Uses the outer context within a branch: what no saga may do.
struct MisusingSaga: Saga {
    static let name = "misusing"
    func run(_ saga: SagaContext, _ what: String) throws -> String {
        try saga.race({ _ in try saga.perform(Book(what: "outer")).id })
    }
}
