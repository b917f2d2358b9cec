import Commerce
import Contracts
import Messaging
import Testing
import Views

@testable import Returns

@Suite("Registering products", .enabled(if: ReturnsBench.isThere))
struct RegistrationTests {
    @Test("a serial number is registered once, however it is written, and however many try at once")
    func once() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let outcomes = await withTaskGroup { group in
                for index in 1...20 {
                    group.addTask { () -> String? in
                        do {
                            _ = try await bench.register { $0.serial = index.isMultiple(of: 2) ? "sn-1" : "SN-1" }
                            return nil
                        } catch let refusal as Refusal {
                            return refusal.code
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.compactMap(\.self).allSatisfy { $0 == "already_registered" }, "\(outcomes)")
        }
    }

    @Test("what is wrong is named with its field")
    func wrong() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let proof = RegistrationRequest.Proof(kind: .receipt, reference: "1", retailer: nil, url: nil)
            let wrong: [(field: String, change: @Sendable (inout RegistrationRequest) -> Void)] = [
                ("sku", { $0.sku = " " }), ("sku", { $0.sku = "MUG" }), ("serial", { $0.serial = "" }),
                ("email", { $0.email = "ana" }), ("email", { $0.email = "eve@example.com" }),
                ("purchased_on", { $0.purchasedOn = "yesterday" }), ("purchased_on", { $0.purchasedOn = "2999-01-01" }),
                ("order_id", { $0.orderID = "\(OrderID())" }), ("proof", { $0.proof = proof }),
                ("proof", { $0.orderID = nil }),
                (
                    "proof.reference",
                    { ($0.orderID, $0.proof) = (nil, .init(kind: .gift, reference: " ", retailer: nil, url: nil)) }
                ),
                (
                    "proof.url",
                    {
                        ($0.orderID, $0.proof) = (
                            nil, .init(kind: .gift, reference: nil, retailer: nil, url: "file:///x")
                        )
                    }
                ),
            ]
            for (field, change) in wrong {
                let refusal = await #expect(throws: Refusal.self, "\(field)") { try await bench.register(change) }
                #expect(refusal?.field == field, "\(refusal?.description ?? "")")
            }
        }
    }

    @Test("an order of ours vouches for it; a proof is unverified until a person says so")
    func proof() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            func status(_ id: RegistrationID) async throws -> RegistrationStatus? {
                try await bench.handle { try await RegistrationRecords.find(id, in: $0.database)?.status }
            }
            func decide(_ id: RegistrationID, _ verb: DecideRegistration.Verb) async throws {
                let command = DecideRegistration(registrationID: id, verb: verb, reason: "seen")
                try await bench.handle { _ = try await DecideRegistrationHandler().handle(command, in: $0) }
            }
            let ours = try await bench.register()
            #expect(try await status(ours) == .verified)
            await #expect(throws: Refusal.self) { try await decide(ours, .reject) }
            let theirs = try await bench.registerElsewhere()
            #expect(try await status(theirs) == .unverified)
            try await decide(theirs, .verify)
            #expect(try await status(theirs) == .verified)
            try await decide(theirs, .reject)
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.claim {
                    ($0.orderID, $0.registrationID, $0.shipTo) = (nil, "\(theirs)", WarrantyRequestTests.address)
                }
            }
            #expect(refusal?.code == "registration_rejected")
        }
    }

    @Test("goods bought elsewhere go to a person, come back to nobody, and are claimed once at a time")
    func elsewhere() async throws {
        try await ReturnsBench.run { bench in
            try await bench.setTerms()
            let registration = try await bench.registerElsewhere()
            @Sendable func claim(_ change: (inout WarrantyRequest) -> Void = { _ in }) async throws -> WarrantyID {
                try await bench.claim {
                    ($0.orderID, $0.registrationID, $0.sku) = (nil, "\(registration)", nil)
                    $0.shipTo = WarrantyRequestTests.address
                    change(&$0)
                }
            }
            for (field, change) in [
                ("ship_to", { (request: inout WarrantyRequest) in request.shipTo = nil }),
                ("remedy", { $0.remedy = .refund }), ("quantity", { $0.quantity = 2 }),
                ("order_id", { $0.orderNumber = "#77" }),
                ("helpdesk", { $0.helpdesk = .init(provider: "zendesk", ticketID: "1") }),
            ] {
                let refusal = await #expect(throws: Refusal.self) { try await claim(change) }
                #expect(refusal?.field == field, "\(refusal?.description ?? "")")
            }
            let id = try await claim()
            let second = await #expect(throws: Refusal.self) { try await claim() }
            #expect(second?.code == "already_claimed")
            let check = try await bench.check(id)
            #expect(check.outcome == .inReview && check.outline.returnID == nil && !check.outline.comesBack)
            let record = try await bench.warranty(id)
            #expect(record.status == .inReview && record.returnID == nil)
            #expect(record.coverage.reasons.map(\.code) == [.unverifiedProof, .boughtElsewhere])
            try await bench.decide(id, .reject)
            let sent = try await bench.withdraw(id)
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == "SendEmail" }).data()
            #expect(mail.template == .warrantyRejected && mail.orderID == nil)
            #expect(mail.recipient?.email == "ana@example.com")
            // Undone, it may be claimed again.
            _ = try await claim()
        }
    }
}
