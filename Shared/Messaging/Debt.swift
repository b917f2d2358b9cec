/// What committed work still owes to the broker.
package struct Debt: Sendable {
    /// Each has its row in the outbox: what is not published now is swept later.
    package var rows: [OutgoingMessage] = []
    /// Without a row: published before the delivery that caused them is acknowledged, or made again from it.
    package var direct: [OutgoingMessage] = []

    var isEmpty: Bool { rows.isEmpty && direct.isEmpty }

    static func += (left: inout Debt, right: Debt) {
        left.rows += right.rows
        left.direct += right.direct
    }
}
