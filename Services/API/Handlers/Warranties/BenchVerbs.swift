import Commerce
import Contracts
import Views

extension Endpoint {
    static func inspectWarranty(_ verbs: WarrantyVerbs) -> Endpoint {
        .post(
            "/warranties/{id}/inspect", .warrantiesWrite,
            .verb(
                "inspectWarranty", "What was found about goods that are here; without a defect a person decides",
                body: "WarrantyInspection", "Warranty")
        ) { request in
            let body = try request.decode(InspectionBody.self)
            try BenchNote.check(body.note)
            return try await verbs.carryOut(.inspect, request) { record in
                InspectWarranty(warrantyID: record.id, finding: body.finding, remedy: body.remedy, note: body.note)
            }
        }
    }

    static func repairWarranty(_ verbs: WarrantyVerbs) -> Endpoint {
        .post(
            "/warranties/{id}/repair", .warrantiesWrite,
            .verb(
                "repairWarranty", "How a repair has ended; mended goods are on their way back by then",
                body: "WarrantyRepair", "Warranty")
        ) { request in
            let body = try request.decode(RepairBody.self)
            try BenchNote.check(body.note)
            return try await verbs.carryOut(.repair, request) { record in
                RecordRepair(
                    warrantyID: record.id, outcome: body.outcome, note: body.note,
                    parcel: body.trackingNumber.map { OutgoingParcel(trackingNumber: $0, carrier: body.carrier) })
            }
        }
    }
}

private struct InspectionBody: Decodable {
    var finding: WarrantyFinding
    var remedy: WarrantyRemedy?
    var note: String?
}

private struct RepairBody: Decodable {
    var outcome: RecordRepair.Outcome
    var note: String?
    var trackingNumber: String?
    var carrier: String?

    enum CodingKeys: String, CodingKey {
        case outcome, note, carrier
        case trackingNumber = "tracking_number"
    }
}

private enum BenchNote {
    // LIMIT: a few sentences; what is longer is a document.
    private static let charactersMax = 2_000

    /// Failure: 422.
    static func check(_ note: String?) throws(Problem) {
        guard (note?.count ?? 0) <= charactersMax else {
            throw .invalid("note", "It must be at most \(charactersMax) characters.")
        }
    }
}
