import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Changes a ticket, and with its status the return it is about.
///
/// *Guarantees*: an amount that a caller writes is kept, compared and shown, and moves nothing.
struct ChangeTicketHandler: CommandHandler {
    func handle(_ command: ChangeTicket, in transaction: HandlerTransaction) async throws -> Done {
        let tickets = TicketStore(transaction)
        guard let found = try await TicketRecords.find(command.ticketID, in: transaction.database) else {
            throw Refusal(code: "not_found", message: "There is no ticket \(command.ticketID).")
        }
        // The return is locked before its ticket, as by everybody else.
        var goods: ReturnCase?
        if let returnID = found.returnID { goods = try await ReturnCase.lock(returnID, in: transaction) }
        guard let before = try await tickets.lock(command.ticketID) else { return Done() }
        if let version = command.version, version != before.version {
            throw Refusal(
                code: "precondition_failed", message: "The ticket has changed since; read it again.", field: "If-Match")
        }
        try await change(before, command, &goods, transaction)
        return Done()
    }

    private func change(
        _ before: TicketRecord, _ command: ChangeTicket, _ goods: inout ReturnCase?, _ transaction: HandlerTransaction
    ) async throws {
        let given = try TicketFields(command.customFields ?? "{}")
        var ticket = before
        ticket.subject = command.subject ?? before.subject
        var fields = try TicketFields(String(decoding: RawJSON(encoding: before.customFields).bytes, as: UTF8.self))
        fields.merge(given)
        ticket.customFields = fields.all
        if var changed = goods {
            try await ReturnTicket(before, transaction).apply(command.status, given, fields, to: &changed)
            ticket.flags = try await flags(fields, of: changed.row, before, transaction)
        } else if let status = command.status, status != before.status {
            try Self.check(before.status, status)
            ticket.status = status
        }
        // What the return brought about stands on the ticket already.
        let present = try await TicketRecords.find(before.id, in: transaction.database) ?? before
        if before.returnID != nil { ticket.status = present.status }
        guard
            ticket.subject != present.subject || ticket.status != present.status || ticket.flags != present.flags
                || ticket.customFields != present.customFields
        else { return }
        try await TicketStore(transaction).save(ticket, since: present)
    }

    private static func check(_ status: TicketStatus, _ next: TicketStatus) throws(Refusal) {
        guard TicketLifeCycle.ticket.transition(from: status, to: next)?.who.contains(.staff) == true else {
            throw Refusal(
                code: "not_allowed", message: "A ticket that is \(status.rawValue) cannot become \(next.rawValue).",
                field: "status")
        }
    }

    private func flags(
        _ fields: TicketFields, of row: ReturnRow, _ ticket: TicketRecord, _ transaction: HandlerTransaction
    ) async throws -> [TicketRecord.Flag] {
        var amount: Money?
        if let refundID = row.refundID {
            amount = try await RefundStore(transaction).find(refundID)?.amount
        } else if let ground = try await ReturnGround.read(
            row.orderID, policy: row.policyVersion, besides: row.id.uuid, in: transaction.database)
        {
            amount = try ReturnAssessment(row.request, by: row.channel, on: ground, at: row.createdAt).refund?.total
        }
        var flags = TicketFlags()
        flags.compareRefund(fields, with: amount)
        return ticket.flags.filter { $0.code != "refund_amount_differs" } + flags.all
    }
}
