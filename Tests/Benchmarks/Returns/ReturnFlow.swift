import Foundation
import Postgres
import Support

/// The customers who ask, and the person at the warehouse's door who takes in what was sent and looks at it.
struct ReturnFlow: Sendable {
    let stack: RunningStack
    let pool: PostgresPool

    // LIMIT: a look at all returns costs about as much as one of them; what is measured are the returns.
    private static let glance = Duration.milliseconds(250)

    /// Until each return of the orders is refunded, in the books, and told.
    func run(_ orders: [String], customers: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for customer in 0..<customers {
                group.addTask {
                    for order in stride(from: customer, to: orders.count, by: customers).map({ orders[$0] }) {
                        try await ask(order)
                    }
                }
            }
            group.addTask { try await takeIn(orders.count) }
            // WHY: the first failure ends the run; `waitForAll` would wait for parcels that nobody sends any more.
            for try await _ in group {}
        }
        while try await ReturnCounts.finished(in: pool) < orders.count {
            try await Task.sleep(for: Self.glance)
        }
    }

    private func ask(_ order: String) async throws {
        let body = """
            {"order_id":"\(order)","lines":[{"sku":"MIE-ROBE-S","quantity":1,"reason":"wrong_size"}]}
            """
        try await send("POST", "returns", body, key: "ask-\(order)")
    }

    private func takeIn(_ count: Int) async throws {
        var here: Set<String> = []
        while here.count < count {
            let sent = try await ReturnCounts.sent(in: pool).filter { here.insert($0.id).inserted }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for parcel in sent { group.addTask { try await takeIn(parcel) } }
                try await group.waitForAll()
            }
            if sent.isEmpty { try await Task.sleep(for: Self.glance) }
        }
    }

    private func takeIn(_ parcel: ReturnCounts.Parcel) async throws {
        let lines = #""line_id":"\#(parcel.lineID)","quantity":1"#
        for (verb, body) in [
            ("receive", #"{"lines":[{\#(lines),"state":"received"}]}"#),
            ("inspect", #"{"lines":[{\#(lines),"grade":"A","matched":true}]}"#),
        ] {
            try await send("POST", "returns/\(parcel.id)/\(verb)", body, key: "\(verb)-\(parcel.id)")
        }
    }

    /// As a client does that was told to come again: with the same key, until it has an answer.
    private func send(_ method: String, _ path: String, _ body: String, key: String) async throws {
        while true {
            let answer = try await stack.api(method, path, body, key: key)
            if answer.status < 300 { return }
            guard answer.status == 429 || answer.status == 503 else {
                throw BenchError("\(method) /\(path): \(answer.status) \(answer.json)")
            }
            try await Task.sleep(for: .seconds(1))
        }
    }
}
