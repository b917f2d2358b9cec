import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Views

/// Registers a product to its owner: vouched for by an order of ours, or by a proof that a person looks at later.
struct RegisterProductHandler: CommandHandler {
    func handle(_ command: RegisterProduct, in transaction: HandlerTransaction) async throws -> RegisterProduct.Reply {
        let request = command.request
        let terms = try await WarrantyRecords.terms(in: transaction.database)
        let today = terms.calendar.day(of: transaction.now)
        let purchasedOn = try request.checked(today: today)
        let line = try await line(of: request, transaction)
        let record = RegistrationRecord(
            id: RegistrationID(), sku: request.sku, serial: request.serial, email: request.email, name: request.name,
            purchasedOn: purchasedOn, orderID: line?.orderID, lineID: line?.lineID,
            proof: line == nil ? request.proof : nil, status: line == nil ? .unverified : .verified,
            createdAt: transaction.now, updatedAt: transaction.now)
        let store = RegistrationStore(transaction)
        guard try await store.insert(record) else {
            let other = try await store.find(sku: request.sku, serial: request.serial)?.id.description ?? ""
            throw Refusal(
                code: "already_registered",
                message: "This serial number is registered as \(other): claim on that, or correct the number.",
                field: "serial")
        }
        return .init(registrationID: record.id)
    }

    /// Nil for goods that were bought elsewhere. Failure: a ``Refusal`` where the order did not bring them to this owner.
    private func line(
        of request: RegistrationRequest, _ transaction: HandlerTransaction
    ) async throws -> (orderID: OrderID, lineID: String)? {
        guard let text = request.orderID else { return nil }
        let id = try await ReturnOrder.find(ReturnRequest(orderID: text, lines: []), in: transaction.database)
        let order = try await OrderView(transaction).document(of: id)
        guard order.customer.email?.lowercased() == request.email.lowercased() else {
            throw Refusal(
                code: "unknown_order", message: "The order is of another e-mail address.", field: "email")
        }
        guard let line = order.lines.first(where: { $0.sku == request.sku }) else {
            throw Refusal(code: "unknown_sku", message: "The order has no '\(request.sku)'.", field: "sku")
        }
        return (id, line.id)
    }
}

extension RegistrationRequest {
    // LIMIT: longer than any serial number, name or address. Counted in scalars, of four bytes at most, so that SKU and
    // serial number together fit an entry of the index that keeps them unique.
    private static let charactersMax = 200

    /// Failure: a ``Refusal`` with the field that is wrong.
    fileprivate func checked(today: ShopDay) throws(Refusal) -> ShopDay {
        for (field, text) in [("sku", sku), ("serial", serial)] where text.allSatisfy(\.isWhitespace) {
            throw Refusal(code: "missing", message: "Give the '\(field)' of the goods.", field: field)
        }
        let texts = [
            ("sku", sku), ("serial", serial), ("email", email), ("name", name ?? ""),
            ("proof.reference", proof?.reference ?? ""), ("proof.retailer", proof?.retailer ?? ""),
        ]
        for (field, text) in texts where text.unicodeScalars.count > Self.charactersMax {
            throw Refusal(
                code: "too_long", message: "Use at most \(Self.charactersMax) characters.", field: field)
        }
        guard MailAddress(email) != nil else {
            throw Refusal(code: "bad_email", message: "'\(email)' is no e-mail address.", field: "email")
        }
        guard let day = ShopDay(purchasedOn) else {
            throw Refusal(
                code: "bad_date", message: "'\(purchasedOn)' is no date such as 2026-11-01.", field: "purchased_on")
        }
        guard day <= today else {
            throw Refusal(code: "bad_date", message: "\(day) has not come yet.", field: "purchased_on")
        }
        try checkProof()
        return day
    }

    private func checkProof() throws(Refusal) {
        guard orderID == nil else {
            guard proof == nil else {
                throw Refusal(
                    code: "proof_and_order", message: "An order of ours needs no proof; leave one of them out.",
                    field: "proof")
            }
            return
        }
        guard let proof else {
            throw Refusal(
                code: "no_proof", message: "Give the 'order_id' that brought the goods, or a 'proof' of purchase.",
                field: "proof")
        }
        if let url = proof.url { try WarrantyCheck.check(url: url, "proof.url") }
        guard proof.url != nil || proof.reference?.allSatisfy(\.isWhitespace) == false else {
            throw Refusal(
                code: "no_proof", message: "Give the 'reference' that stands on the proof, or its 'url'.",
                field: "proof.reference")
        }
    }
}

/// Whether a person accepts the proof of a registration. Nothing is decided about one that an order vouches for.
struct DecideRegistrationHandler: CommandHandler {
    func handle(_ command: DecideRegistration, in transaction: HandlerTransaction) async throws -> Done {
        let store = RegistrationStore(transaction)
        guard let record = try await store.lock(command.registrationID) else {
            throw Refusal(code: "not_found", message: "There is no registration \(command.registrationID).")
        }
        guard record.orderID == nil else {
            throw Refusal(code: "not_allowed", message: "An order of ours vouches for the registration.")
        }
        let status: RegistrationStatus = command.verb == .verify ? .verified : .rejected
        guard record.status != status else { return Done() }
        try await store.save(record.id, status, command.reason)
        try await transaction.audit(
            AuditEntry(
                action: "registration.\(command.verb.rawValue)", subject: record.id.description,
                reason: command.reason, before: try RawJSON(encoding: ["status": record.status.rawValue]),
                after: try RawJSON(encoding: ["status": status.rawValue])))
        return Done()
    }
}
