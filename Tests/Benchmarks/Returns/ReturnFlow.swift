import Foundation
import Postgres
import Support

/// The customers who ask, and the person at the warehouse's door who takes in what was sent and looks at it.
struct ReturnFlow: Sendable {
    let stack: RunningStack
    let pool: PostgresPool

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
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func ask(_ order: String) async throws {
        let body = """
            {"order_id":"\(order)","lines":[{"sku":"MIE-ROBE-S","quantity":1,"reason":"wrong_size"}]}
            """
        let answer = try await stack.api("POST", "returns", body)
        guard answer.status == 201 else { throw BenchError("POST /returns: \(answer.status) \(answer.json)") }
    }

    private func takeIn(_ count: Int) async throws {
        var here: Set<String> = []
        while here.count < count {
            let sent = try await ReturnCounts.sent(in: pool).filter { here.insert($0.id).inserted }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for parcel in sent { group.addTask { try await takeIn(parcel) } }
                try await group.waitForAll()
            }
            if sent.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    private func takeIn(_ parcel: ReturnCounts.Parcel) async throws {
        let lines = #""line_id":"\#(parcel.lineID)","quantity":1"#
        for (verb, body) in [
            ("receive", #"{"lines":[{\#(lines),"state":"received"}]}"#),
            ("inspect", #"{"lines":[{\#(lines),"grade":"A","matched":true}]}"#),
        ] {
            let answer = try await stack.api("POST", "returns/\(parcel.id)/\(verb)", body)
            guard answer.status < 300 else { throw BenchError("\(verb): \(answer.status) \(answer.json)") }
        }
    }
}
