/// What committed work still owes to the broker.
struct Debt: Sendable {
    /// Each has its row in the outbox: what is not published now is swept later.
    var rows: [OutgoingMessage] = []
    /// Without a row: published before the delivery that caused them is acknowledged, or made again from it.
    var direct: [OutgoingMessage] = []

    var isEmpty: Bool { rows.isEmpty && direct.isEmpty }

    static func += (left: inout Debt, right: Debt) {
        left.rows += right.rows
        left.direct += right.direct
    }
}
