import Contracts
import Messaging

/// A return at the warehouse that nobody knows here: people are told, once, to look whose goods they are.
struct UnknownWarehouseReturn: Sendable {
    let number: String

    func tell(in transaction: HandlerTransaction) async throws {
        guard try await WarehouseReturnStore(transaction).takeUnknown(number) else { return }
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "unknown_warehouse_return/\(number)", title: "The warehouse has goods of an unknown return",
                    text: "No return is known under the warehouse's number. Find out there whose goods they are, ask "
                        + "for a return of that order and record them with POST /returns/{id}/receive.",
                    fields: ["number": number], next: ["stateset orders list --q '…'"])),
            subject: number)
    }
}
