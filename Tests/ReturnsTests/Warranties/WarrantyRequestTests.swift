import Commerce
import Contracts
import Messaging
import Testing
import Views

@testable import Returns

@Suite("Making a warranty claim", .enabled(if: ReturnsBench.isThere))
struct WarrantyRequestTests {
    @Test("forty claims and returns at once for one unit: one is accepted, the others are told why")
    func concurrent() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            _ = try await bench.ask(1)
            let outcomes = await withTaskGroup { group in
                for index in 1...40 {
                    group.addTask { () -> String? in
                        do {
                            if index.isMultiple(of: 2) {
                                _ = try await bench.claim()
                            } else {
                                _ = try await bench.ask(1)
                            }
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
            #expect(outcomes.compactMap(\.self).allSatisfy { $0 == "already_returned" }, "\(outcomes)")
            #expect(try await bench.heldUnits() == 2)
        }
    }

    @Test("what is wrong is named with its field, and nothing has happened")
    func wrong() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let wrong: [(code: String, field: String, change: @Sendable (inout WarrantyRequest) -> Void)] = [
                ("bad_quantity", "quantity", { $0.quantity = 0 }), ("bad_quantity", "quantity", { $0.quantity = -1 }),
                ("bad_quantity", "quantity", { $0.quantity = 3 }), ("bad_quantity", "quantity", { $0.quantity = .max }),
                ("unknown_sku", "sku", { $0.sku = "SLIP" }), ("unknown_line", "line_id", { $0.lineID = "9" }),
                ("no_line", "sku", { $0.sku = nil }), ("unknown_order", "order_id", { $0.orderID = "\(OrderID())" }),
                ("no_order", "order_id", { $0.orderID = nil }),
                (
                    "unknown_order", "order_number",
                    { ($0.orderID, $0.orderNumber, $0.email) = (nil, "#77", "eve@example.com") }
                ),
                ("unknown_registration", "registration_id", { $0.registrationID = "\(RegistrationID())" }),
                ("problem_excluded", "problem", { $0.problem = "misuse" }),
                ("unknown_problem", "problem", { $0.problem = "noise" }),
                ("no_problem", "problem", { $0.problem = " " }), ("bad_locale", "locale", { $0.locale = "french" }),
                ("bad_url", "evidence.0.url", { $0.evidence = [.init(url: "javascript:alert(1)")] }),
                ("bad_url", "evidence.0.url", { $0.evidence = [.init(url: "https://a:b@example.com/x")] }),
                ("unknown_provider", "helpdesk.provider", { $0.helpdesk = .init(provider: "fax", ticketID: "1") }),
                ("bad_address", "ship_from.country", { $0.shipFrom = Address(name: "Ana") }),
                ("bad_address", "ship_to.country", { $0.shipTo = Address(name: "Ana") }),
                ("bad_address", "ship_to.street1", { $0.shipTo = Address(name: "Ana", country: "US") }),
            ]
            for (code, field, change) in wrong {
                let refusal = await #expect(throws: Refusal.self, "\(code)") { try await bench.claim(1, change) }
                #expect(refusal?.field == field && refusal?.code == code, "\(refusal?.description ?? "")")
            }
            #expect(try await bench.heldUnits() == 0)
        }
    }

    @Test("a claim after the term, and one on goods that nothing is promised for, are refused")
    func outside() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms(
                #"{"plans":[{"id":"mugs","skus":["MUG"],"term":"P1Y","covers":["defect"],"remedies":["refund"]}]}"#)
            let none = await #expect(throws: Refusal.self) { try await bench.claim() }
            #expect(none?.code == "no_plan")
            // Bought in 2020: the registration's order was delivered yesterday, its goods elsewhere long ago.
            try await bench.setTerms()
            let old = try await bench.register {
                ($0.orderID, $0.serial) = (nil, "SN-2")
                $0.proof = .init(kind: .invoice, reference: "7", retailer: nil, url: nil)
            }
            let expired = await #expect(throws: Refusal.self) {
                try await bench.claim {
                    ($0.orderID, $0.registrationID, $0.shipTo) = (nil, "\(old)", Self.address)
                }
            }
            #expect(expired?.code == "expired" && expired?.message.contains("2021-01-01") == true)
        }
    }

    static let address = Address(name: "Ana Ruiz", street1: "1 Elm St", city: "Ojai", country: "US")

    @Test("terms of a workspace that has set none are the standard ones")
    func standard() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let claim = try await bench.warranty(try await bench.claim())
            #expect(claim.coverage.plan == "standard" && claim.coverage.termsVersion == 0)
            #expect(claim.coverage.remedies == [.replacement, .refund] && claim.coverage.outcome == .approved)
            #expect(claim.timeline?.map(\.type) == ["warranty.requested"])
        }
    }

    @Test("terms that are wrong are refused with their place, and the old ones stay")
    func wrongTerms() async throws {
        try await ReturnsBench.run { bench in
            try await bench.setTerms()
            let refusal = await #expect(throws: Refusal.self) { try await bench.setTerms(#"{"plans":[]}"#) }
            #expect(refusal?.code == "missing_member" && refusal?.field == "plans")
            let terms = try await bench.handle { try await WarrantyRecords.terms(in: $0.database) }
            #expect(terms.version == 1 && terms.plans.map(\.id) == ["robes"])
        }
    }
}
