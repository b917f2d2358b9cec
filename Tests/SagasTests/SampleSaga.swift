import Commerce
import Foundation
import Messaging
import Sagas

struct Book: Command {
    struct Reply: Codable, Sendable, Equatable { var id: String }
    static let owner = ServiceName(rawValue: "booking")
    var what: String
}

struct Unbook: Command {
    typealias Reply = Done
    static let owner = ServiceName(rawValue: "booking")
    var id: String
}

struct Confirmed: Event {
    static let type = "trip.confirmed"
    var trip: String
    var seats: Int
}

struct Cancelled: Event {
    static let type = "trip.cancelled"
    var trip: String
}

enum TripStatus: String {
    case booking, booked, travelling
}

/// Two bookings with undo, an attempt, a wait of two kinds, the pivot, a sleep and a step after it.
struct TripSaga: Saga {
    static let name = "trip"
    static let events = [SagaEvent(Confirmed.self, key: \.trip), SagaEvent(Cancelled.self, key: \.trip)]

    func run(_ saga: SagaContext, _ trip: String) throws -> String {
        saga.status(TripStatus.booking)
        let flight = try saga.perform(Book(what: "flight")) { Unbook(id: $0.id) }
        let hotel = try saga.perform(Book(what: "hotel")) { Unbook(id: $0.id) }
        var car = "none"
        if case .accepted(let reply) = try saga.attempt(
            Book(what: "car"), within: .minutes(5), undo: { Unbook(id: $0.id) })
        {
            car = reply.id
        }
        saga.status(TripStatus.booked)
        try saga.race(
            { _ = try $0.wait(for: Confirmed.self) },
            { branch in
                _ = try branch.wait(for: Cancelled.self)
                throw Refusal(code: "trip_cancelled", message: "the customer stays at home")
            },
            { branch in
                try branch.sleep(for: .days(2))
                throw Refusal(code: "not_confirmed", message: "nobody confirmed within two days")
            })
        try saga.pivot()
        try saga.sleep(for: .days(1))
        saga.status(TripStatus.travelling)
        try saga.perform(Book(what: "taxi"))
        return "\(flight.id) \(hotel.id) \(car)"
    }
}
