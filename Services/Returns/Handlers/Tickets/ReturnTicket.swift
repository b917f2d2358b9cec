import Commerce
import Contracts
import Messaging
import Views

/// What a person's change of a ticket means for its return.
struct ReturnTicket: Sendable {
    private let ticket: TicketRecord
    private let transaction: HandlerTransaction

    init(_ ticket: TicketRecord, _ transaction: HandlerTransaction) {
        self.ticket = ticket
        self.transaction = transaction
    }

    /// Failure: a ``Refusal`` `not_allowed` where neither the ticket nor the return may become that now.
    func apply(
        _ status: TicketStatus?, _ given: TicketFields, _ fields: TicketFields, to goods: inout ReturnCase
    ) async throws {
        let isAnswer = given.checklist != nil && goods.row.units.contains(where: \.awaitsChecklist)
        let isCondition = try given.grade() != nil || given.matched() != nil || isAnswer
        if status == .itemReceived, status != ticket.status || isCondition {
            guard try !isRepeat(of: fields, goods.row) else { return }
            return try await receive(fields, of: &goods)
        }
        if let status, status != ticket.status {
            // What is approved is refunded by the grade that comes with the word.
            if status == .approved, isCondition, goods.row.status == .inReview, goods.row.receivedAt != nil {
                try await ReturnReceiving(transaction: transaction).inspectAll(
                    in: try fields.condition(), of: &goods, by: .staff)
            }
            return try await move(to: status, &goods)
        }
        // A condition alone tells of goods that are here already.
        guard isCondition, goods.row.receivedAt != nil else { return }
        try await receive(fields, of: &goods)
    }

    /// Whether a receipt says what is known already, as a call does that is made again: it changes nothing, also where
    /// the money has gone back meanwhile and nothing could be received any more.
    private func isRepeat(of fields: TicketFields, _ row: ReturnRow) throws(Refusal) -> Bool {
        let afterReceipt: [ReturnStatus] = [
            .received, .inspected, .inReview, .refundPending, .refunded, .exchanged, .closed,
        ]
        guard row.receivedAt != nil, afterReceipt.contains(row.status) else { return false }
        let isPaid = [.refundPending, .refunded, .exchanged, .closed].contains(row.status)
        if isPaid, fields.all == ticket.customFields { return true }
        let isAnswered = fields.checklist != nil && row.units.contains(where: \.awaitsChecklist)
        if isAnswered, row.status == .received || row.status == .inReview { return false }
        let (grade, matched) = (try fields.grade(), try fields.matched())
        return row.units.allSatisfy { unit in
            guard unit.isHere else { return unit.state != nil || unit.stays }
            return (grade == nil || unit.grade == grade) && (matched == nil || unit.matched == matched)
        }
    }

    private func receive(_ fields: TicketFields, of goods: inout ReturnCase) async throws {
        if ticket.status != .itemReceived, ticket.status != .inReview { try check(.itemReceived) }
        try await ReturnReceiving(transaction: transaction).receiveAll(
            in: try fields.condition(), of: &goods, by: .staff)
    }

    private func move(to status: TicketStatus, _ goods: inout ReturnCase) async throws {
        try check(status)
        switch status {
        case .approved, .rejected:
            let decision = DecideReturn(
                returnID: goods.row.id, verb: status == .approved ? .approve : .reject,
                reason: "Ticket set to \(status.rawValue).")
            try await ReturnDecisionByPerson(transaction: transaction).decide(decision, &goods)
        case .cancelled: try await cancel(goods.row)
        case .labelSent: try await step(.labelSent, &goods)
        case .closed: try await step(.close, &goods)
        default: throw refusal(status)
        }
    }

    private func step(_ event: ReturnEvent, _ goods: inout ReturnCase) async throws {
        try goods.move(event, by: .staff)
        try await goods.save(
            ReturnHappening(
                "return.\(goods.row.status.rawValue)", "Set on the ticket.",
                dedupeKey: "\(goods.row.key)-ticket-\(ticket.version)"))
    }

    /// The saga undoes what was done; the status follows when that is through.
    private func cancel(_ row: ReturnRow) async throws {
        guard row.receivedAt == nil else {
            throw notCancelled("The goods are here: the return is approved or rejected, and not cancelled any more.")
        }
        guard try await !isPastPivot(row) else {
            throw notCancelled("Money or an exchange is on its way: the return only goes forward.")
        }
        guard let sagaID = row.sagaID else {
            throw notCancelled("The return has only just begun; try again in a moment.")
        }
        try transaction.send(
            OperateSaga(sagaID: sagaID, verb: .cancel, reason: "Ticket set to cancelled."),
            subject: row.id.description)
    }

    private func isPastPivot(_ row: ReturnRow) async throws -> Bool {
        if row.refundID != nil { return true }
        guard let exchange = try await ExchangeStore(transaction).find(row.id) else { return false }
        return exchange.orderID != nil || exchange.due.minorUnits == 0
    }

    private func notCancelled(_ message: String) -> Refusal {
        Refusal(code: "not_allowed", message: message, field: "status")
    }

    private func check(_ status: TicketStatus) throws(Refusal) {
        guard TicketLifeCycle.ticket.transition(from: ticket.status, to: status)?.who.contains(.staff) == true else {
            throw refusal(status)
        }
    }

    private func refusal(_ status: TicketStatus) -> Refusal {
        Refusal(
            code: "not_allowed",
            message: "A ticket that is \(ticket.status.rawValue) cannot become \(status.rawValue).",
            field: "status")
    }
}
