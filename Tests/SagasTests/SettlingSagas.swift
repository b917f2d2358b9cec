import Commerce
import Messaging
import Sagas

/// Two commands race within a branch of another race; the first to be answered ends both.
struct NestedRaceSaga: Saga {
    static let name = "nested-race"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        try saga.race(
            { branch in
                try branch.race(
                    { try $0.perform(Book(what: "bus")) { Unbook(id: $0.id) }.id },
                    { try $0.perform(Book(what: "train")) { Unbook(id: $0.id) }.id })
            },
            { branch in
                try branch.sleep(for: .days(1))
                return "nothing"
            })
    }
}

/// The same race as a branch of `all`, whose other branch is through before it.
struct RaceWithinAllSaga: Saga {
    static let name = "race-within-all"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        let (winner, _) = try saga.all(
            { branch in
                try branch.race(
                    { try $0.perform(Book(what: "bus")) { Unbook(id: $0.id) }.id },
                    { try $0.perform(Book(what: "train")) { Unbook(id: $0.id) }.id })
            },
            { try $0.uuid() })
        return winner
    }
}

/// Tells somebody for a minute, of which nothing has to be taken back.
struct TellingSaga: Saga {
    static let name = "telling"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        let told = try saga.attempt(Book(what: "a word"), within: .minutes(1))
        let booked = try saga.perform(Book(what: "bus"))
        guard case .accepted = told else { return "\(booked.id), untold" }
        return booked.id
    }
}

/// Tries for a minute and then waits for a confirmation; the trip may be called off meanwhile.
struct HesitantSaga: Saga {
    static let name = "hesitant"
    static let events = [SagaEvent(Confirmed.self, key: \.trip), SagaEvent(Cancelled.self, key: \.trip)]

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        try saga.race(
            { branch in
                _ = try branch.attempt(Book(what: "bus"), within: .minutes(1)) { Unbook(id: $0.id) }
                _ = try branch.wait(for: Confirmed.self)
                return "confirmed"
            },
            { branch in
                _ = try branch.wait(for: Cancelled.self)
                return "called off"
            })
    }
}

/// Goes on after the pivot with what would have an undo before it.
struct ForwardSaga: Saga {
    static let name = "forward"

    func run(_ saga: SagaContext, _ what: String) throws -> String {
        try saga.pivot()
        try saga.perform(Book(what: "hotel")) { Unbook(id: $0.id) }
        return try saga.race(
            { try $0.perform(Book(what: "bus")) { Unbook(id: $0.id) }.id },
            { branch in
                let seat = try branch.perform(Book(what: "seat")) { Unbook(id: $0.id) }
                return try branch.perform(Book(what: "train \(seat.id)")).id
            })
    }
}

/// Ends its first run in the activation in which it publishes, and maybe in that in which a late answer comes.
struct RelaySaga: Saga {
    static let name = "relay"

    func run(_ saga: SagaContext, _ round: Int) throws -> Int {
        guard round == 0 else {
            try saga.sleep(for: .days(1))
            return round
        }
        _ = try saga.attempt(Book(what: "slow"), within: .minutes(1)) { Unbook(id: $0.id) }
        try saga.perform(Book(what: "baton"))
        try saga.publish(Passed(round: round))
        try saga.continueAsNew(round + 1)
    }
}

struct Passed: Event {
    static let type = "relay.passed"
    var round: Int
}

/// A child and a command race; whichever loses is awaited and undone.
struct FosterSaga: Saga {
    static let name = "foster"

    func run(_ saga: SagaContext, _ key: String) throws -> String {
        try saga.race(
            { try $0.child(ForwardSaga.self, key: key, input: "x") { Unbook(id: $0) } },
            { try $0.perform(Book(what: "room")) { Unbook(id: $0.id) }.id })
    }
}
