import Commerce
import Contracts
import Foundation
import Messaging
import Testing

@testable import Returns

@Suite("Refunds on decided terms", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct RefundTermsTests {
    private func policy(_ json: String) throws -> RefundPolicyForm {
        try JSONDecoder().decode(RefundPolicyForm.self, from: Data(json.utf8))
    }

    @Test("fees are taken per line, and not of the line that a rule spares")
    func fees() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let fees = try policy(#"{"restocking_fee_percent":"10"}"#)
            _ = try await bench.request(
                lines: [
                    .init(lineID: "1", quantity: 1),
                    .init(lineID: "1", quantity: 1, feesWaivedBy: "rule vip"),
                ], policy: fees)
            // 54.00 less a tenth of 50.00, and 54.00.
            #expect(try await bench.tender().pending == 10_300)
            #expect(try await bench.balance(.fees) == -500)
        }
    }

    @Test("goods that stay give a part of their price, and later returns give no shipping back for them")
    func kept() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            _ = try await bench.request(
                lines: [.init(lineID: "1", quantity: 1, kept: .init(percent: "30", by: "rule cheap"))])
            #expect(try await bench.tender().pending == 1_620)
            #expect(try await bench.balance(.deductions) == -3_780)
            let shipping = try policy(#"{"original_shipping":"full_return"}"#)
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 1)], policy: shipping)
            #expect(try await bench.balance(.shipping) == -500)
            #expect(try await bench.tender().pending == 1_620 + 5_400)
        }
    }

    @Test("terms that are none are refused with what is wrong, and nothing is held")
    func wrong() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            let wrong: [(line: RequestRefund.Line, policy: String, code: String)] = [
                (.init(lineID: "1", quantity: 1, kept: .init(percent: "130")), "{}", "bad_percentage"),
                (.init(lineID: "1", quantity: 1, feesWaivedBy: ""), "{}", "bad_name"),
                (.init(lineID: "1", quantity: 1, grade: "F"), #"{"grades":{"A":"100"}}"#, "unknown_grade"),
                (.init(lineID: "1", quantity: 1), #"{"restocking_fee_percent":"-1"}"#, "bad_percentage"),
                (.init(lineID: "1", quantity: 1), #"{"return_shipping_fee":"7.955"}"#, "too_precise"),
            ]
            for (line, json, code) in wrong {
                let terms = try policy(json)
                let refusal = await #expect(throws: Refusal.self) {
                    try await bench.request(lines: [line], policy: terms)
                }
                #expect(refusal?.code == code)
            }
            _ = try await bench.request(lines: [.init(lineID: "1", quantity: 2)])
        }
    }
}
