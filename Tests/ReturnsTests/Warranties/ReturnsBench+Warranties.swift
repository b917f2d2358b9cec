import Commerce
import Contracts
import Foundation
import Messaging
import Testing
import Views

@testable import Returns

/// A claim on the delivered order, and what it goes through.
extension ReturnsBench {
    /// Terms by which one unit after the other may be claimed and mended.
    static let terms = """
        {"plans":[{"id":"robes","term":"P1Y","covers":["defect"],"excludes":["misuse"],
          "remedies":["repair","replacement","refund"]}]}
        """

    func setTerms(_ terms: String = ReturnsBench.terms) async throws {
        try await handle { _ = try await SetWarrantyTermsHandler().handle(SetWarrantyTerms(terms: terms), in: $0) }
    }

    func claim(_ quantity: Int = 1, _ change: (inout WarrantyRequest) -> Void = { _ in }) async throws -> WarrantyID {
        var request = WarrantyRequest(orderID: "\(orderID)", sku: "ROBE", quantity: quantity, problem: "defect")
        change(&request)
        let command = CreateWarranty(request: request)
        return try await handle { try await CreateWarrantyHandler().handle(command, in: $0).warrantyID }
    }

    func check(_ id: WarrantyID) async throws -> CheckWarranty.Reply {
        try await handle { try await CheckWarrantyHandler().handle(CheckWarranty(warrantyID: id), in: $0) }
    }

    func warranty(_ id: WarrantyID) async throws -> WarrantyRecord {
        try #require(try await handle { try await WarrantyRecords.find(id, in: $0.database) })
    }

    /// Claimed, approved, sent in and received.
    func sendIn(_ quantity: Int = 1, _ change: (inout WarrantyRequest) -> Void = { _ in }) async throws -> WarrantyID {
        let id = try await claim(quantity, change)
        let goods = try #require(try await check(id).outline.returnID)
        try await handle {
            _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: goods), in: $0)
        }
        try await receive(goods, quantity)
        return id
    }

    func inspect(
        _ id: WarrantyID, _ finding: WarrantyFinding = .defect, remedy: WarrantyRemedy? = nil
    ) async throws {
        let command = InspectWarranty(warrantyID: id, finding: finding, remedy: remedy)
        try await handle { _ = try await InspectWarrantyHandler().handle(command, in: $0) }
    }

    func decide(
        _ id: WarrantyID, _ verb: DecideWarranty.Verb, remedy: WarrantyRemedy? = nil, parcel: OutgoingParcel? = nil,
        saying message: String? = nil
    ) async throws {
        let command = DecideWarranty(
            warrantyID: id, verb: verb, reason: "seen", remedy: remedy, parcel: parcel, message: message)
        try await handle { _ = try await DecideWarrantyHandler().handle(command, in: $0) }
    }

    func choose(_ id: WarrantyID, after tried: [WarrantyRemedy] = []) async throws -> WarrantyRemedy? {
        let command = ChooseRemedy(warrantyID: id, tried: tried, reason: nil)
        return try await handle { try await ChooseRemedyHandler().handle(command, in: $0).remedy }
    }

    func repaired(_ id: WarrantyID) async throws {
        let command = RecordRepair(
            warrantyID: id, outcome: .repaired, note: "new seam",
            parcel: .init(trackingNumber: "1ZBACK", carrier: "UPS"))
        try await handle { _ = try await RecordRepairHandler().handle(command, in: $0) }
    }

    func withdraw(_ id: WarrantyID) async throws -> [Envelope] {
        try await handleAndSend {
            _ = try await WithdrawWarrantyHandler().handle(WithdrawWarranty(warrantyID: id), in: $0)
        }.sent
    }

    func close(_ id: WarrantyID) async throws {
        try await handle { _ = try await CloseWarrantyHandler().handle(CloseWarranty(warrantyID: id), in: $0) }
    }

    func register(_ change: (inout RegistrationRequest) -> Void = { _ in }) async throws -> RegistrationID {
        var request = RegistrationRequest(
            sku: "ROBE", serial: "SN-1", email: "ana@example.com", purchasedOn: "2020-01-01", orderID: "\(orderID)",
            proof: nil)
        change(&request)
        let command = RegisterProduct(request: request)
        return try await handle { try await RegisterProductHandler().handle(command, in: $0).registrationID }
    }

    func registerElsewhere(_ serial: String = "SN-9") async throws -> RegistrationID {
        let today = try await handle { WarrantyTerms.standard.calendar.day(of: $0.now).description }
        return try await register {
            ($0.orderID, $0.serial, $0.purchasedOn) = (nil, serial, today)
            $0.proof = .init(kind: .receipt, reference: "R-77", retailer: "Corner shop", url: nil)
        }
    }
}
