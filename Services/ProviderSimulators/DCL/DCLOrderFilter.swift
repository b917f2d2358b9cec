import Foundation

/// The filters of the order list.
struct DCLOrderFilter: Sendable {
    /// The order numbers asked for; nil for all.
    private(set) var numbers: [String]?
    private var tests: [@Sendable (DCLOrder) -> Bool] = []

    init(_ request: SimulatedRequest) throws {
        try add(status: request.query("status") ?? "any")
        numbers = request.query("order_numbers").map(Self.list)
        try add(request, "received") { [$0.receivedAt] }
        try add(request, "modified") { [$0.modifiedAt] }
        try add(request, "shipped") { $0.shipments.map(\.shippedAt) }
        for condition in (request.query("filter") ?? "").split(separator: ",") { try add(String(condition)) }
    }

    func admits(_ order: DCLOrder) -> Bool { tests.allSatisfy { $0(order) } }

    private mutating func add(status: String) throws {
        switch status {
        case "any": break
        case "0": tests.append { $0.stage != .cancelled }
        case "1", "open": tests.append { $0.isOpen }
        case "2", "cancelled": tests.append { $0.stage == .cancelled }
        case "3", "shipped": tests.append { $0.stage == .fullyShipped || $0.stage == .closedShort }
        default: throw DCLError.invalid("status", "any, 0, 1, 2 or 3 is expected").refusal()
        }
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.reduce(into: []) { list, number in
            if !list.contains(number) { list.append(number) }
        }
    }

    /// A bound that is a day includes the whole day.
    private mutating func add(
        _ request: SimulatedRequest, _ name: String, _ moments: @escaping @Sendable (DCLOrder) -> [Date]
    ) throws {
        if let from = try Self.date(request.query("\(name)_from"), "\(name)_from") {
            tests.append { order in moments(order).contains { $0 >= from } }
        }
        guard let text = request.query("\(name)_to"), let to = try Self.date(text, "\(name)_to") else { return }
        let end = text.count == 10 ? to.addingTimeInterval(86_400) : to
        tests.append { order in moments(order).contains { $0 <= end } }
    }

    /// `order_stage ge 20`
    private mutating func add(_ condition: String) throws {
        let words = condition.split(whereSeparator: { $0 == " " || $0 == ":" }).map(String.init)
        guard words.count == 3, let value = Int(words[2]), let field = Self.fields[words[0]],
            let compare = Self.operators[words[1].lowercased()]
        else { throw DCLError.invalid("filter", "'\(condition)' is not a condition").refusal() }
        tests.append { compare(field($0), value) }
    }

    private static let fields: [String: @Sendable (DCLOrder) -> Int] = [
        "order_stage": { $0.stage.rawValue }, "order_status": { $0.status },
    ]

    private static let operators: [String: @Sendable (Int, Int) -> Bool] = [
        "eq": { $0 == $1 }, "neq": { $0 != $1 }, "gt": { $0 > $1 }, "ge": { $0 >= $1 }, "lt": { $0 < $1 },
        "le": { $0 <= $1 },
    ]

    private static func date(_ text: String?, _ name: String) throws -> Date? {
        guard let text else { return nil }
        guard let date = Timestamps.parse(text, zone: DCLOrder.zone) else {
            throw DCLError.invalid(name, "a date is expected").refusal()
        }
        return date
    }
}
