import Commerce
import Contracts
import Foundation
import Messaging
import Views

/// The carrier has brought a parcel some days ago: people are told, once, where nobody has received it.
struct CheckReturnArrivalHandler: CommandHandler {
    func handle(_ command: CheckReturnArrival, in transaction: HandlerTransaction) async throws -> Done {
        let row = try await ReturnCase.lock(command.returnID, in: transaction).row
        guard row.generation == command.generation, row.awaitsParcel else { return Done() }
        let timeline = ReturnTimeline(row.id, transaction)
        let day = try await timeline.last("return.delivered").map { " on \(BusinessDay.text($0))" } ?? ""
        let text = "The carrier brought the parcel\(day), and nobody has received it: ask the warehouse for the goods."
        let happening = ReturnHappening("return.not_received", text, dedupeKey: row.key)
        guard try await !timeline.has(happening) else { return Done() }
        timeline.append(happening)
        var fields = ["return": "\(row.id)", "order": "\(row.orderID)"]
        fields["number"] = row.externalIDs["dcl"]
        fields["tracking_number"] = row.label?.trackingNumber
        try transaction.send(
            SendSlackAlert(
                .init(
                    key: "return_not_received/\(row.key)", title: "A returned parcel has arrived and is not received",
                    text: text, fields: fields, next: ["stateset returns show \(row.id)"])),
            subject: row.id.description)
        return Done()
    }
}
