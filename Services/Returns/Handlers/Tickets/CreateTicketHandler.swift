import Commerce
import Contracts
import Messaging
import Providers
import Views

/// Opens a ticket, and with `return_requested` the return it asks for, in one transaction.
struct CreateTicketHandler: CommandHandler {
    func handle(_ command: CreateTicket, in transaction: HandlerTransaction) async throws -> CreateTicket.Reply {
        let fields = try TicketFields(command.customFields)
        var ticket = TicketRecord(
            id: TicketID(), subject: command.subject, customerEmail: command.customerEmail,
            status: command.status ?? .open, customFields: fields.all, flags: [], returnID: nil, version: 1,
            createdAt: transaction.now, updatedAt: transaction.now)
        switch ticket.status {
        case .open, .pending, .solved: break
        case .returnRequested:
            do {
                try await openReturn(command, fields, &ticket, transaction)
            } catch let refusal as Refusal {
                throw TicketFields.place(refusal)
            }
        default:
            throw Refusal(
                code: "bad_status",
                message:
                    "A ticket begins as open, pending, solved or return_requested, not as \(ticket.status.rawValue).",
                field: "status")
        }
        try await TicketStore(transaction).insert(ticket)
        return CreateTicket.Reply(ticketID: ticket.id)
    }

    private func openReturn(
        _ command: CreateTicket, _ fields: TicketFields, _ ticket: inout TicketRecord,
        _ transaction: HandlerTransaction
    ) async throws {
        guard let name = fields.text("order_id"),
            let orderID = try await ReturnOrder.find(named: name, in: transaction.database)
        else {
            throw Refusal(
                code: "unknown_order", message: "Give the order's id, or its number in the shop.", field: "order_id")
        }
        var request = try fields.returnRequest(of: orderID)
        request.helpdesk = command.helpdesk
        request.subscription = command.subscription
        ticket.returnID = try await NewReturn(transaction: transaction).open(request, of: orderID, by: .ticket)
        let order = try await OrderView(transaction).document(of: orderID)
        var flags = TicketFlags()
        flags.compareTotal(fields, with: order)
        flags.compareCustomer(command.customerEmail, with: order)
        flags.compareEvidence(fields, with: request)
        ticket.flags = flags.all
    }
}
